package io.checkoutmetrics.registry;

import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Confluent's serializers as published, loaded by class name as Kafka does, and ours, through the embedded registry.
 */
class GenuineConfluentIT extends ConfluentContract {
    private static final String PACKAGE = "io.confluent.kafka.serializers.";

    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = EmbeddedRegistry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Override
    String registryUrl() {
        return registry.url();
    }

    @Override
    @SuppressWarnings("unchecked")
    Serializer<Object> genuineSerializer() {
        return (Serializer<Object>) byName("KafkaAvroSerializer", Serializer.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    Deserializer<Object> genuineDeserializer() {
        return (Deserializer<Object>) byName("KafkaAvroDeserializer", Deserializer.class);
    }

    private static <T> T byName(String name, Class<T> type) {
        try {
            return Utils.newInstance(PACKAGE + name, type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("not on the class path: " + PACKAGE + name, e);
        }
    }

    /** They use the same Avro; without a setting, they read generic records. */
    @Override
    Object theirs(IndexedRecord ours) {
        try {
            return new GenericDatumReader<>(ours.getSchema())
                    .read(null, DecoderFactory.get().binaryDecoder(RawAvro.of(ours), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
