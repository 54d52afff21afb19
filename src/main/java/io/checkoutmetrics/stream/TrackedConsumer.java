package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of a stream thread, which reads hits as {@link HitReading} does. */
final class TrackedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final HitReading reading;

    TrackedConsumer(
            Map<String, Object> config, String inputTopic, InputPositions positions, HitIntake.ForConsumer intake) {
        super(config, new ByteArrayDeserializer(), intake.values());
        reading = new HitReading(new Plain(), inputTopic, positions, intake);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        reading.forget(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        reading.forget(partition);
        super.seek(partition, offset);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        reading.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        reading.resume(partitions);
    }

    /**
     * @throws IncompatibleStateException if hits were deleted before they were read
     */
    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return reading.poll(timeout);
    }

    /** This consumer without what it does by itself. */
    private final class Plain implements HitReading.Raw {
        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            return TrackedConsumer.super.poll(timeout);
        }

        @Override
        public void seek(TopicPartition partition, OffsetAndMetadata offset) {
            TrackedConsumer.super.seek(partition, offset);
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            TrackedConsumer.super.pause(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            TrackedConsumer.super.resume(partitions);
        }

        @Override
        public Set<TopicPartition> assignment() {
            return TrackedConsumer.super.assignment();
        }

        @Override
        public long position(TopicPartition partition, Duration timeout) {
            return TrackedConsumer.super.position(partition, timeout);
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
            return TrackedConsumer.super.committed(partitions);
        }
    }
}
