package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
 * The consumer of a stream thread where brokers assign the work ({@code group.protocol=streams}): it notes after each poll
 * how far it has read the input topic. The engine makes the consumer itself, and lets nobody choose what turns bytes into
 * values, so nothing is condensed.
 */
public final class BrokerAssignedConsumer extends ConsumerWrapper {
    private static final String NOTES = "checkout.metrics.notes";

    @SuppressWarnings("NullAway.Init") // the engine calls wrapConsumer before anything else
    private ReadNotes notes;

    /** The engine makes it, by its name in the settings. */
    public BrokerAssignedConsumer() {}

    /** Settings by which the engine finds it; they change nothing where brokers do not assign the work. */
    static Map<String, Object> settings(String inputTopic, InputPositions positions) {
        Function<Consumer<byte[], byte[]>, ReadNotes> notes =
                consumer -> new ReadNotes(consumer, inputTopic, positions);
        return Map.of(
                StreamsConfig.mainConsumerPrefix(StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER),
                BrokerAssignedConsumer.class,
                StreamsConfig.mainConsumerPrefix(NOTES),
                notes);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void wrapConsumer(
            AsyncKafkaConsumer<byte[], byte[]> consumer,
            Map<String, Object> config,
            Optional<StreamsRebalanceData> rebalanceData) {
        super.wrapConsumer(consumer, config, rebalanceData);
        Object notesOf = config.get(NOTES);
        if (notesOf == null) {
            throw new IllegalArgumentException(NOTES + " is not set");
        }
        notes = ((Function<Consumer<byte[], byte[]>, ReadNotes>) notesOf).apply(consumer);
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
        ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
        notes.polled(records);
        return records;
    }
}
