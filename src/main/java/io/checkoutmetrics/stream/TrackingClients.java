package io.checkoutmetrics.stream;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Kafka's clients as the engine would make them, but that the main consumers note how far they have read. */
public final class TrackingClients extends DefaultKafkaClientSupplier {
    private final String inputTopic;
    private final InputPositions positions;
    private final HitIntake intake;

    TrackingClients(String inputTopic, InputPositions positions, HitIntake intake) {
        this.inputTopic = inputTopic;
        this.positions = positions;
        this.intake = intake;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new TrackedConsumer(config, inputTopic, positions, intake.forConsumer());
    }

    /** Of the engine, for consumers that it makes by itself: with {@code group.protocol=streams} it does not ask here. */
    public Map<String, Object> engineSettings() {
        return BrokerAssignedConsumer.settings(inputTopic, positions, intake);
    }
}
