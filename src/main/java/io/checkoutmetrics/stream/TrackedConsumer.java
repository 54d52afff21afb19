package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of a stream thread, which reads hits as {@link HitReading} does. */
final class TrackedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final HitReading reading;
    private final EarlyLeave leave;
    private boolean isPolling;
    private boolean isLeaving;

    TrackedConsumer(
            Map<String, Object> config,
            String inputTopic,
            InputPositions positions,
            HitIntake.ForConsumer intake,
            EarlyLeave leave) {
        super(config, new ByteArrayDeserializer(), intake.values());
        reading = new HitReading(new Plain(), inputTopic, positions, intake);
        this.leave = leave;
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
        leave.polls(this);
        isPolling = true;
        try {
            return reading.poll(timeout);
        } finally {
            isPolling = false;
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new UntilLeaving(listener));
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new UntilLeaving(listener));
    }

    /**
     * Leaves the group, whose others take over at once, unless it has a name there. Not while it polls: what is closed then was
     * taken away, and there may be more that is not committed.
     */
    void leave() {
        if (!isPolling && !isLeaving) {
            isLeaving = true;
            unsubscribe();
        }
    }

    /** Told that its work is revoked, the engine would commit and suspend what it is closing already. */
    private final class UntilLeaving implements ConsumerRebalanceListener {
        private final ConsumerRebalanceListener listener;

        UntilLeaving(ConsumerRebalanceListener listener) {
            this.listener = listener;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!isLeaving) {
                listener.onPartitionsRevoked(partitions);
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            listener.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (!isLeaving) {
                listener.onPartitionsLost(partitions);
            }
        }
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
