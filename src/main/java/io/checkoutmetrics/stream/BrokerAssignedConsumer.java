package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.internals.ConsumerWrapper;

/**
 * The consumer of a stream thread where brokers assign the work ({@code group.protocol=streams}), which reads hits as
 * {@link HitReading} does. The engine makes what is inside, and lets nobody choose what turns bytes into values, so hits are
 * condensed after they were copied.
 */
public final class BrokerAssignedConsumer extends ConsumerWrapper {
    private static final String READING = "checkout.metrics.reading";

    @SuppressWarnings("NullAway.Init") // the engine calls wrapConsumer before anything else
    private HitReading reading;

    /** The engine makes it, by its name in the settings. */
    public BrokerAssignedConsumer() {}

    /** Settings by which the engine finds it; they change nothing where brokers do not assign the work. */
    static Map<String, Object> settings(String inputTopic, InputPositions positions, HitIntake intake) {
        Function<Consumer<byte[], byte[]>, HitReading> reading =
                consumer -> new HitReading(new Plain(consumer), inputTopic, positions, intake.forConsumerOfCopies());
        return Map.of(
                StreamsConfig.mainConsumerPrefix(StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER),
                BrokerAssignedConsumer.class,
                StreamsConfig.mainConsumerPrefix(READING),
                reading);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void wrapConsumer(
            AsyncKafkaConsumer<byte[], byte[]> consumer,
            Map<String, Object> config,
            Optional<StreamsRebalanceData> rebalanceData) {
        super.wrapConsumer(consumer, config, rebalanceData);
        Object readingOf = config.get(READING);
        if (readingOf == null) {
            throw new IllegalArgumentException(READING + " is not set");
        }
        reading = ((Function<Consumer<byte[], byte[]>, HitReading>) readingOf).apply(consumer);
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

    private record Plain(Consumer<byte[], byte[]> consumer) implements HitReading.Raw {
        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            return consumer.poll(timeout);
        }

        @Override
        public void seek(TopicPartition partition, OffsetAndMetadata offset) {
            consumer.seek(partition, offset);
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            consumer.resume(partitions);
        }

        @Override
        public Set<TopicPartition> assignment() {
            return consumer.assignment();
        }

        @Override
        public long position(TopicPartition partition, Duration timeout) {
            return consumer.position(partition, timeout);
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
            return consumer.committed(partitions);
        }
    }
}
