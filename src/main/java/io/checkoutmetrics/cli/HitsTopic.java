package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.feed.ReceivedHit;
import io.checkoutmetrics.operate.KafkaFailures;
import io.checkoutmetrics.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes hits to the hits topic, dated when they were received, keyed by visitor where they name one. The first failure
 * of any of them fails the next call.
 */
final class HitsTopic implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroSerializer<Hit> serializer = new AvroSerializer<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<Integer, Long> endOffsets = new HashMap<>();
    private long sent;

    HitsTopic(Settings settings) {
        this(settings, Map.of());
    }

    /** @param more settings of the producer */
    HitsTopic(Settings settings, Map<String, String> more) {
        topic = settings.topics().input();
        Map<String, Object> config = new HashMap<>(settings.kafka());
        config.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        config.putAll(more);
        try {
            serializer.configure(settings.registry(), false);
        } catch (ConfigException e) {
            throw new InvalidSettingsException("schema registry: " + e.getMessage());
        }
        try {
            producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            serializer.close();
            throw KafkaFailures.atCreation(e, settings);
        }
    }

    /** What the hits go through, for those who bind them into transactions. */
    Producer<byte[], byte[]> producer() {
        return producer;
    }

    void send(ReceivedHit received) {
        Hit hit = received.hit();
        String visitor = hit.getVisitorId();
        byte[] key = visitor == null ? null : visitor.getBytes(StandardCharsets.UTF_8);
        byte[] value = serializer.serialize(topic, hit);
        producer.send(new ProducerRecord<>(topic, null, received.receivedMs(), key, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            } else {
                endOffsets.merge(metadata.partition(), metadata.offset() + 1, Math::max);
            }
        });
        sent++;
        throwFailure();
    }

    /** How many hits were sent. */
    long sent() {
        return sent;
    }

    /**
     * Waits until all that was sent is stored, and gives, for each partition that got any, the offset after its last.
     */
    Map<Integer, Long> flush() {
        producer.flush();
        throwFailure();
        return Map.copyOf(endOffsets);
    }

    private void throwFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw new KafkaException("a hit could not be written to \"" + topic + "\": " + first.getMessage(), first);
        }
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
