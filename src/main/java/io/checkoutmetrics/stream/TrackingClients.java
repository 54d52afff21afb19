package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka's clients as the engine would make them, but that the main consumers note how far they have read, and leave the group
 * early when they are to, and that the producers can be stopped by somebody else.
 */
public final class TrackingClients extends DefaultKafkaClientSupplier {
    private final String inputTopic;
    private final InputPositions positions;
    private final HitIntake intake;
    private final EarlyLeave leave = new EarlyLeave();

    /** Those of threads that were replaced are nobody's any more. */
    private final Set<Producer<byte[], byte[]>> producers =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    TrackingClients(String inputTopic, InputPositions positions, HitIntake intake) {
        this.inputTopic = inputTopic;
        this.positions = positions;
        this.intake = intake;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new TrackedConsumer(config, inputTopic, positions, intake.forConsumer(), leave);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Producer<byte[], byte[]> producer = super.getProducer(config);
        producers.add(producer);
        return producer;
    }

    /** To be told, in its thread, that a task is closed. */
    public void taskClosed() {
        leave.taskClosed();
    }

    /**
     * Ends all sending, and every wait for a topic to send to, with an exception in the thread that waits. What was sent since
     * the last commit is not committed, and done again at the next start.
     */
    public void stopSending() {
        List<Producer<byte[], byte[]>> all;
        synchronized (producers) {
            all = new ArrayList<>(producers);
        }
        all.forEach(producer -> producer.close(Duration.ZERO));
    }

    /** Of the engine, for consumers that it makes by itself: with {@code group.protocol=streams} it does not ask here. */
    public Map<String, Object> engineSettings() {
        return BrokerAssignedConsumer.settings(inputTopic, positions, intake);
    }
}
