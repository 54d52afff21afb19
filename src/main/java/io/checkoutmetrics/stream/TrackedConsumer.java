package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread: it condenses what it polls, and notes after each poll how far it has read the input
 * topic.
 */
final class TrackedConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final long NONE_RETURNED = -1;

    private final String inputTopic;
    private final InputPositions positions;
    private final Condensing.ForConsumer condensing;
    private final Map<TopicPartition, Long> lastReturned = new HashMap<>();

    TrackedConsumer(
            Map<String, Object> config,
            String inputTopic,
            InputPositions positions,
            Condensing.ForConsumer condensing) {
        super(config, new ByteArrayDeserializer(), condensing.values());
        this.condensing = condensing;
        this.inputTopic = inputTopic;
        this.positions = positions;
    }

    /** What was returned before is returned again: nothing of it counts as taken. */
    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        forget(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        forget(partition);
        super.seek(partition, offset);
    }

    private void forget(TopicPartition partition) {
        lastReturned.remove(partition);
        positions.released(partition, this);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = condensing.condense(super.poll(timeout));
        Set<TopicPartition> held = assignment();
        lastReturned.keySet().removeIf(partition -> {
            boolean lost = !held.contains(partition);
            if (lost) {
                positions.released(partition, this);
            }
            return lost;
        });
        for (TopicPartition partition : held) {
            if (partition.topic().equals(inputTopic)) {
                note(partition, records.records(partition));
            }
        }
        return records;
    }

    private void note(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        long last = records.isEmpty()
                ? lastReturned.getOrDefault(partition, NONE_RETURNED)
                : records.get(records.size() - 1).offset();
        lastReturned.put(partition, last);
        try {
            positions.moved(partition, new InputPositions.Position(this, position(partition, Duration.ZERO), last));
        } catch (TimeoutException e) {
            positions.released(partition, this); // where to read is not known yet: so neither is that all was read
        }
    }
}
