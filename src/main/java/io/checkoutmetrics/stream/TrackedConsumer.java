package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread: it condenses what it polls, and notes after each poll how far it has read the input
 * topic.
 */
final class TrackedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final Condensing.ForConsumer condensing;
    private final ReadNotes notes;

    TrackedConsumer(
            Map<String, Object> config,
            String inputTopic,
            InputPositions positions,
            Condensing.ForConsumer condensing) {
        super(config, new ByteArrayDeserializer(), condensing.values());
        this.condensing = condensing;
        this.notes = new ReadNotes(this, inputTopic, positions);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        notes.sought(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        notes.sought(partition);
        super.seek(partition, offset);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = condensing.condense(super.poll(timeout));
        notes.polled(records);
        return records;
    }
}
