package io.checkoutmetrics.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.Hit;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What our serializers and Confluent's own hold each other to: the same bytes, read by either, through one registry.
 */
@Tag("interop")
abstract class ConfluentContract {
    private static final Schema OLDER_HIT = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Hit\",\"namespace\":\"io.checkoutmetrics.avro\",\"fields\":["
                    + "{\"name\":\"events\",\"type\":\"string\"},{\"name\":\"reportSuite\",\"type\":\"string\"}]}");

    private final String topic = "hits-" + UUID.randomUUID();
    private final AvroSerializer<IndexedRecord> ourSerializer = new AvroSerializer<>();
    private final AvroDeserializer<IndexedRecord> ourDeserializer = new AvroDeserializer<>();
    private Serializer<Object> theirSerializer;
    private Deserializer<Object> theirDeserializer;

    abstract String registryUrl();

    /** Confluent's serializer, not yet configured. */
    abstract Serializer<Object> genuineSerializer();

    abstract Deserializer<Object> genuineDeserializer();

    /** The same record for Confluent's classes, which may bring an Avro of their own. */
    abstract Object theirs(IndexedRecord ours);

    @BeforeEach
    void configure() {
        theirSerializer = genuineSerializer();
        theirDeserializer = genuineDeserializer();
        theirSerializer.configure(settings(), false);
        theirDeserializer.configure(settings(), false);
        ourSerializer.configure(settings(), false);
        ourDeserializer.configure(settings(), false);
    }

    private Map<String, String> settings() {
        return Map.of("schema.registry.url", registryUrl());
    }

    private static Hit hit() {
        return Hit.newBuilder()
                .setReportSuite("eu-shop")
                .setEvents("event1,scCheckout=2:A1")
                .setTime(Instant.parse("2026-01-05T10:00:00.123Z"))
                .setVisitorId("v·ü")
                .setDimensions(Map.of("eVar5", "x"))
                .build();
    }

    private static GenericRecord olderHit() {
        return new GenericRecordBuilder(OLDER_HIT)
                .set("events", "scCheckout")
                .set("reportSuite", "eu-shop")
                .build();
    }

    @Test
    void theirBytes_areReadByUs() {
        byte[] bytes = theirSerializer.serialize(topic, theirs(hit()));
        assertThat((Object) ourDeserializer.deserialize(topic, bytes)).isEqualTo(hit());
    }

    @Test
    void ourBytes_areReadByThem() {
        byte[] bytes = ourSerializer.serialize(topic, hit());
        assertThat(theirDeserializer.deserialize(topic, bytes))
                .hasToString(theirs(hit()).toString());
    }

    @Test
    void sameRecord_isTheSameBytes_whoeverWritesFirst() {
        assertThat(ourSerializer.serialize(topic, hit())).isEqualTo(theirSerializer.serialize(topic, theirs(hit())));
        assertThat(theirSerializer.serialize(topic, theirs(olderHit())))
                .isEqualTo(ourSerializer.serialize(topic, olderHit()));
    }

    @Test
    void theirOlderRecord_isReadIntoOurGeneratedClass() {
        byte[] bytes = theirSerializer.serialize(topic, theirs(olderHit()));
        Hit expected = Hit.newBuilder()
                .setReportSuite("eu-shop")
                .setEvents("scCheckout")
                .build();
        assertThat((Object) ourDeserializer.deserialize(topic, bytes)).isEqualTo(expected);
    }

    @Test
    void theirSchema_isFoundUnderTheSameSubject_withoutRegistering() {
        byte[] bytes = theirSerializer.serialize(topic, theirs(hit()));
        Map<String, String> strict = new HashMap<>(settings());
        strict.put("auto.register.schemas", "false");
        try (AvroSerializer<IndexedRecord> serializer = new AvroSerializer<>()) {
            serializer.configure(strict, false);
            assertThat(serializer.serialize(topic, hit())).isEqualTo(bytes);
        }
    }

    @Test
    void clientAndRegistry_agreeOnIdsVersionsAndWhatIsUnknown() {
        try (RegistryClient client = RegistryClient.of(settings())) {
            client.ping();
            String subject = topic + "-value";
            String schema = OLDER_HIT.toString();
            assertThatThrownBy(() -> client.latest(subject)).isInstanceOf(RegistryException.UnknownSchema.class);
            assertThatThrownBy(() -> client.idOf(subject, schema)).isInstanceOf(RegistryException.UnknownSchema.class);
            int id = client.register(subject, schema);
            assertThat(client.latest(subject)).isEqualTo(new RegisteredSchema(subject, 1, id, schema));
            assertThat(client.idOf(subject, schema)).isEqualTo(id);
            assertThat(client.schemaById(id)).isEqualTo(schema);
            assertThatThrownBy(() -> client.schemaById(987_654)).isInstanceOf(RegistryException.UnknownSchema.class);
        }
    }

    @Test
    void unknownId_failsWithBoth_andWeSayWhichFailureItIs() {
        byte[] unknown = WireFormat.frame(987_654, new byte[] {0});
        assertThatThrownBy(() -> theirDeserializer.deserialize(topic, unknown))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> ourDeserializer.deserialize(topic, unknown))
                .isInstanceOf(RegistryException.UnknownSchema.class);
    }
}
