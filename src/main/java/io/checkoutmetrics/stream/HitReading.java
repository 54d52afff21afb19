package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * How a consumer of the engine reads hits: it condenses what it polls, holds back what cannot be read yet, and notes after
 * each poll how far it has read the input topic. To the engine, a partition that is held back is one where nothing comes.
 * For the consumer's thread alone.
 */
final class HitReading {
    private static final long NONE_RETURNED = -1;

    /** The consumer as Kafka made it. */
    interface Raw {
        ConsumerRecords<byte[], byte[]> poll(Duration timeout);

        void seek(TopicPartition partition, OffsetAndMetadata offset);

        void pause(Collection<TopicPartition> partitions);

        void resume(Collection<TopicPartition> partitions);

        Set<TopicPartition> assignment();

        long position(TopicPartition partition, Duration timeout);

        Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions);
    }

    private final Raw consumer;
    private final String inputTopic;
    private final InputPositions positions;
    private final HitIntake.ForConsumer intake;
    private final Map<TopicPartition, Long> lastReturned = new HashMap<>();
    private final Set<TopicPartition> pausedByEngine = new HashSet<>();

    HitReading(Raw consumer, String inputTopic, InputPositions positions, HitIntake.ForConsumer intake) {
        this.consumer = consumer;
        this.inputTopic = inputTopic;
        this.positions = positions;
        this.intake = intake;
    }

    /** It is about to be read from elsewhere: what was returned before counts as taken no more. */
    void forget(TopicPartition partition) {
        lastReturned.remove(partition);
        positions.released(partition, this);
        intake.gate().forget(partition);
        if (!pausedByEngine.contains(partition) && consumer.assignment().contains(partition)) {
            consumer.resume(Set.of(partition));
        }
    }

    void pause(Collection<TopicPartition> partitions) {
        pausedByEngine.addAll(partitions);
        consumer.pause(partitions);
    }

    void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(pausedByEngine::remove);
        Set<TopicPartition> free = new HashSet<>(partitions);
        free.removeAll(intake.gate().held());
        consumer.resume(free);
    }

    /**
     * @throws IncompatibleStateException if hits, or records between the stages, were deleted before they were read
     */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        openWhatIsDecided();
        ConsumerRecords<byte[], byte[]> condensed = intake.condense(pollInput(timeout));
        ConsumerRecords<byte[], byte[]> records = intake.gate().pass(condensed);
        Set<TopicPartition> assigned = consumer.assignment();
        pausedByEngine.retainAll(assigned); // Kafka forgets that with the assignment
        holdBack(records, assigned);
        lastReturned.keySet().removeIf(partition -> {
            boolean lost = !assigned.contains(partition);
            if (lost) {
                positions.released(partition, this);
            }
            return lost;
        });
        for (TopicPartition partition : assigned) {
            if (partition.topic().equals(inputTopic)) {
                note(partition, records.records(partition));
            }
        }
        return records;
    }

    private ConsumerRecords<byte[], byte[]> pollInput(Duration timeout) {
        try {
            return consumer.poll(timeout);
        } catch (OffsetOutOfRangeException e) {
            for (Map.Entry<TopicPartition, Long> wanted :
                    e.offsetOutOfRangePartitions().entrySet()) {
                if (wanted.getKey().topic().equals(inputTopic)) {
                    throw IncompatibleStateException.hitsGone(wanted.getKey(), wanted.getValue());
                }
            }
            requireTakenByOthers(e.offsetOutOfRangePartitions());
            throw e;
        }
    }

    /**
     * Records between the stages are deleted once they are taken and committed. Who asks for them then was away so long that
     * others took its work, and is about to hear so. If nobody has committed that far, somebody else deleted them.
     */
    private void requireTakenByOthers(Map<TopicPartition, Long> wanted) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(wanted.keySet());
        wanted.forEach((partition, offset) -> {
            OffsetAndMetadata taken = committed.get(partition);
            if (taken == null || taken.offset() <= offset) {
                throw IncompatibleStateException.internalRecordsGone(partition, offset);
            }
        });
    }

    private void openWhatIsDecided() {
        for (TopicPartition partition : intake.gate().held()) {
            if (intake.gate().opens(partition)
                    && !pausedByEngine.contains(partition)
                    && consumer.assignment().contains(partition)) {
                consumer.resume(Set.of(partition));
            }
        }
    }

    /** Polls what did not pass the gate again later, and nothing of those partitions until then. */
    private void holdBack(ConsumerRecords<byte[], byte[]> passed, Set<TopicPartition> assigned) {
        for (TopicPartition partition : intake.gate().held()) {
            OffsetAndMetadata from = passed.nextOffsets().get(partition);
            if (!assigned.contains(partition)) {
                intake.gate().forget(partition);
            } else if (from != null) {
                consumer.seek(partition, from);
                consumer.pause(Set.of(partition));
            }
        }
    }

    private void note(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        long last = records.isEmpty()
                ? lastReturned.getOrDefault(partition, NONE_RETURNED)
                : records.get(records.size() - 1).offset();
        lastReturned.put(partition, last);
        try {
            positions.moved(
                    partition, new InputPositions.Position(this, consumer.position(partition, Duration.ZERO), last));
        } catch (TimeoutException e) {
            positions.released(partition, this); // where to read is not known yet: so neither is that all was read
        }
    }
}
