package io.checkoutmetrics.stream;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Kafka's clients as the engine would make them, but that the main consumers note how far they have read. */
public final class TrackingClients extends DefaultKafkaClientSupplier {
    private final String inputTopic;
    private final InputPositions positions;
    private final Condensing condensing;

    TrackingClients(String inputTopic, InputPositions positions, Condensing condensing) {
        this.inputTopic = inputTopic;
        this.positions = positions;
        this.condensing = condensing;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new TrackedConsumer(config, inputTopic, positions, condensing.forConsumer());
    }

    /** Of the engine, for consumers that it makes by itself: with {@code group.protocol=streams} it does not ask here. */
    public Map<String, Object> engineSettings() {
        return BrokerAssignedConsumer.settings(inputTopic, positions);
    }
}
