package io.checkoutmetrics.embedded;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends hits to the topic {@code hits} as a shop's own producer would. Once it is closed, all of them are there. */
public final class HitProducer implements AutoCloseable {
    private static final String TOPIC = "hits";

    private final AvroSerializer<Hit> values;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<?>> sent = new ArrayList<>();

    public HitProducer(String brokers, String registryUrl) {
        this(Map.of("bootstrap.servers", brokers), registryUrl);
    }

    /** @param kafka settings of Kafka's producer */
    public HitProducer(Map<String, Object> kafka, String registryUrl) {
        values = serializer(registryUrl);
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static AvroSerializer<Hit> serializer(String registryUrl) {
        AvroSerializer<Hit> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", registryUrl), false);
        return serializer;
    }

    /** Lets a registry that forgot everything know the schema of hits, by the ID it had when it was the first there. */
    public static void registerSchema(String registryUrl, String topic) {
        try (AvroSerializer<Hit> serializer = serializer(registryUrl)) {
            serializer.serialize(topic, Hit.newBuilder().setReportSuite("eu").build());
        }
    }

    /** Keyed by its visitor. */
    public void send(Hit hit) {
        String visitor = hit.getVisitorId();
        send(visitor == null ? null : visitor.getBytes(StandardCharsets.UTF_8), values.serialize(TOPIC, hit));
    }

    /** Sends a value that is no hit. */
    public void sendGarbage() {
        send(null, new byte[] {9, 9});
    }

    private void send(byte @Nullable [] key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(TOPIC, key, value)));
    }

    @Override
    public void close() throws Exception {
        producer.close();
        values.close();
        for (Future<?> one : sent) {
            one.get();
        }
    }
}
