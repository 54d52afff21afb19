package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * What is known of the simulated hits topic beyond its records, as the job's own inputs would know it: by the
 * consumers' positions and by asking for the ends now and then.
 */
final class SimulatedInput implements InputHorizon {
    private static final String TOPIC = "hits";
    private static final int NOT_HELD = -1;
    private static final int NONE_RETURNED = -1;

    private final List<SimulatedPartition<byte[]>> partitions;
    private final boolean finite;
    private final LongSupplier clock;
    private final InputPositions positions = new InputPositions();
    private final int[] fetchedTo;
    private final int[] lastReturned;
    private final List<InputEnds> ends;
    private final HitIntake intake;
    private final List<HitIntake.ForConsumer> consumers = new ArrayList<>();
    private final List<Queue<ConsumerRecord<byte[], byte[]>>> fetched = new ArrayList<>();

    /** @param finite whether all hits are there before the job begins; the clock then moves nothing */
    SimulatedInput(List<SimulatedPartition<byte[]>> partitions, boolean finite, LongSupplier clock, HitIntake intake) {
        this.intake = intake;
        this.partitions = partitions;
        this.finite = finite;
        this.clock = clock;
        fetchedTo = filled(partitions.size(), NOT_HELD);
        lastReturned = filled(partitions.size(), NONE_RETURNED);
        for (int i = 0; i < partitions.size(); i++) {
            consumers.add(consumer(i));
            fetched.add(new ArrayDeque<>());
        }
        ends = Stream.generate(InputEnds::new).limit(partitions.size()).toList();
    }

    /** Every second one copies values before anybody looks at them. */
    private HitIntake.ForConsumer consumer(int partition) {
        return partition % 2 == 0 ? intake.forConsumer() : intake.forConsumerOfCopies();
    }

    private static int[] filled(int size, int value) {
        int[] filled = new int[size];
        Arrays.fill(filled, value);
        return filled;
    }

    /** The consumer of the partition fetches at most so many hits more; a new one begins where its task goes on. */
    void fetch(SimulatedTask<?, ?> task, int most) {
        int partition = task.partition();
        int from = fetchedTo[partition] == NOT_HELD ? task.nextOffset() : fetchedTo[partition];
        int to = Math.min(partitions.get(partition).end(), from + most);
        if (to > from) {
            List<ConsumerRecord<byte[], byte[]>> polled = poll(partition, from, to);
            lastReturned[partition] = (int) polled.get(polled.size() - 1).offset();
            fetched.get(partition).addAll(polled);
        }
        fetchedTo[partition] = to;
        positions.moved(topicPartition(partition), new InputPositions.Position(this, to, lastReturned[partition]));
    }

    private List<ConsumerRecord<byte[], byte[]>> poll(int partition, int from, int to) {
        HitIntake.ForConsumer consumer = consumers.get(partition);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            SimulatedPartition.Entry<byte[]> hit = partitions.get(partition).get(offset);
            Headers none = new RecordHeaders();
            byte[] value = consumer.values().deserialize(TOPIC, none, ByteBuffer.wrap(hit.value()));
            records.add(new ConsumerRecord<>(
                    TOPIC,
                    partition,
                    offset,
                    hit.timestampMs(),
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    hit.key(),
                    value,
                    none,
                    Optional.empty()));
        }
        return consumer.condense(new ConsumerRecords<>(Map.of(topicPartition(partition), records), Map.of()))
                .records(topicPartition(partition));
    }

    boolean hasFetched(SimulatedTask<?, ?> task) {
        return !fetched.get(task.partition()).isEmpty();
    }

    ConsumerRecord<byte[], byte[]> take(SimulatedTask<?, ?> task) {
        return fetched.get(task.partition()).remove();
    }

    /** Where a commit now lets the next consumer begin: at the first record that was fetched and not taken. */
    int goesOnAt(SimulatedTask<?, ?> task) {
        ConsumerRecord<byte[], byte[]> next = fetched.get(task.partition()).peek();
        return next == null ? fetchedTo[task.partition()] : (int) next.offset();
    }

    /** The consumer is gone, and whoever comes begins at the last commit. */
    void released(SimulatedTask<?, ?> task) {
        if (task.stage() > 0) {
            return;
        }
        int partition = task.partition();
        fetchedTo[partition] = NOT_HELD;
        lastReturned[partition] = NONE_RETURNED;
        fetched.get(partition).clear();
        consumers.set(partition, consumer(partition));
        positions.released(topicPartition(partition), this);
    }

    /** Asks the broker how far the partitions go. */
    void ask() {
        for (int partition = 0; partition < ends.size(); partition++) {
            ends.get(partition).named(partitions.get(partition).end(), clock.getAsLong());
        }
    }

    @Override
    public OptionalLong quietUntil(int partition, long nextOffset) {
        return finite ? OptionalLong.empty() : look(partition, nextOffset).quietUntilMs();
    }

    @Override
    public OptionalLong waitingForMs(int partition, long nextOffset) {
        return finite
                ? OptionalLong.of(isEnded(partition, nextOffset) ? 0 : Long.MAX_VALUE)
                : look(partition, nextOffset).waitingForMs(clock.getAsLong());
    }

    private InputEnds look(int partition, long nextOffset) {
        InputEnds asked = ends.get(partition);
        asked.look(end -> positions.isTakenTo(topicPartition(partition), end, nextOffset));
        return asked;
    }

    @Override
    public boolean isEnded(int partition, long nextOffset) {
        return finite
                && positions.isTakenTo(
                        topicPartition(partition), partitions.get(partition).end(), nextOffset);
    }

    private static TopicPartition topicPartition(int partition) {
        return new TopicPartition(TOPIC, partition);
    }
}
