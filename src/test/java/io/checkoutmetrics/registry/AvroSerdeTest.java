package io.checkoutmetrics.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {
    private static final String TOPIC = "hits";

    private EmbeddedRegistry registry;
    private RegistryClient client;

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.start();
        client = RegistryClient.of(Map.of("schema.registry.url", registry.url()));
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    private static Hit hit() {
        return Hit.newBuilder()
                .setReportSuite("eu-shop")
                .setEvents("scCheckout:A1")
                .setTime(Instant.parse("2026-01-05T10:00:00.123Z"))
                .setDimensions(Map.of("eVar5", "blau·größer"))
                .build();
    }

    private <T extends IndexedRecord> AvroSerializer<T> serializer(String... settings) {
        AvroSerializer<T> serializer = new AvroSerializer<>();
        serializer.configure(settings(settings), false);
        return serializer;
    }

    private <T extends IndexedRecord> AvroDeserializer<T> deserializer(String... settings) {
        AvroDeserializer<T> deserializer = new AvroDeserializer<>();
        deserializer.configure(settings(settings), false);
        return deserializer;
    }

    private Map<String, String> settings(String... pairs) {
        Map<String, String> settings = new HashMap<>(Map.of("schema.registry.url", registry.url()));
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    private static Schema record(String name, String fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"namespace\":\"io.checkoutmetrics.avro\",\"name\":\"" + name
                        + "\",\"fields\":[" + fields + "]}");
    }

    @Test
    void generatedRecord_comesBackEqual_nestedRecordsEnumsAndTimesToo() {
        CheckoutMetrics metrics = CheckoutMetrics.newBuilder()
                .setReportSuite("eu-shop")
                .setDimension("")
                .setItem("")
                .setAsOf(Instant.parse("2026-01-05T10:00:00Z"))
                .setRevision(0)
                .setStatus(Status.ON_TIME)
                .setWindows(List.of(WindowMetrics.newBuilder()
                        .setSize("PT5M")
                        .setStart(Instant.parse("2026-01-05T09:55:00Z"))
                        .setEnd(Instant.parse("2026-01-05T10:00:00Z"))
                        .setComplete(true)
                        .setCheckouts(3)
                        .setIncrements(4)
                        .setPreviousCheckouts(2)
                        .setHits(70L)
                        .build()))
                .build();
        byte[] bytes = this.<CheckoutMetrics>serializer().serialize("checkout-metrics", metrics);
        assertThat(this.<CheckoutMetrics>deserializer().deserialize("checkout-metrics", bytes))
                .isEqualTo(metrics);
        assertThat(new AvroDeserializer<>(client, CheckoutMetrics.class).deserialize("checkout-metrics", bytes))
                .isEqualTo(metrics);
    }

    @Test
    void schemaIsRegisteredUnderTopicNameStrategy_forKeysAndValues() {
        AvroSerializer<Hit> keys = new AvroSerializer<>();
        keys.configure(settings(), true);
        keys.serialize(TOPIC, hit());
        assertThatThrownBy(() -> client.latest("hits-value")).isInstanceOf(RegistryException.UnknownSchema.class);
        assertThat(client.latest("hits-key").schema())
                .isEqualTo(Hit.getClassSchema().toString());
        byte[] value = this.<Hit>serializer().serialize(TOPIC, hit());
        assertThat(client.latest("hits-value").id()).isEqualTo(WireFormat.schemaId(value));
    }

    @Test
    void specificAvroReader_decidesTheClass() {
        byte[] bytes = this.<Hit>serializer().serialize(TOPIC, hit());
        assertThat((Object) deserializer().deserialize(TOPIC, bytes)).isInstanceOf(Hit.class);
        assertThat((Object) deserializer("specific.avro.reader", "true").deserialize(TOPIC, bytes))
                .isInstanceOf(Hit.class);
        assertThat((Object) deserializer("specific.avro.reader", "false").deserialize(TOPIC, bytes))
                .isInstanceOf(GenericRecord.class);
    }

    @Test
    void recordWithoutGeneratedClass_isGeneric_andRefusedWhereAClassIsDemanded() {
        Schema schema = record("NoSuchClass", "{\"name\":\"a\",\"type\":\"string\"}");
        GenericRecord sent = new GenericRecordBuilder(schema).set("a", "x").build();
        byte[] bytes = this.<GenericRecord>serializer().serialize(TOPIC, sent);
        IndexedRecord back = deserializer().deserialize(TOPIC, bytes);
        assertThat(back.get(0)).hasToString("x");
        assertThatThrownBy(() -> deserializer("specific.avro.reader", "true").deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("NoSuchClass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"java.lang.ProcessBuilder", "javax.script.ScriptEngineManager", "io.checkoutmetrics.cli.Main"})
    void writersSchemaNamingSomeOtherClass_touchesNoSuchClass(String name) {
        Schema schema = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]}");
        byte[] bytes = this.<GenericRecord>serializer().serialize(TOPIC, new GenericData.Record(schema));
        assertThat((Object) deserializer().deserialize(TOPIC, bytes)).isInstanceOf(GenericRecord.class);
    }

    @Test
    void olderAndNewerWriters_areReadIntoTheGeneratedClass() {
        Schema older = record("Hit", "{\"name\":\"reportSuite\",\"type\":\"string\"}");
        byte[] old = this.<GenericRecord>serializer()
                .serialize(
                        TOPIC,
                        new GenericRecordBuilder(older).set("reportSuite", "eu").build());
        Hit fromOld = this.<Hit>deserializer().deserialize(TOPIC, old);
        assertThat(fromOld.getReportSuite()).isEqualTo("eu");
        assertThat(fromOld.getEvents()).isEmpty();

        Schema newer = record(
                "Hit",
                "{\"name\":\"added\",\"type\":\"long\"},{\"name\":\"events\",\"type\":\"string\"},"
                        + "{\"name\":\"reportSuite\",\"type\":\"string\"}");
        GenericRecord sent = new GenericRecordBuilder(newer)
                .set("added", 1L)
                .set("events", "scCheckout")
                .set("reportSuite", "eu")
                .build();
        Hit fromNew = this.<Hit>deserializer()
                .deserialize(TOPIC, this.<GenericRecord>serializer().serialize(TOPIC, sent));
        assertThat(fromNew.getReportSuite()).isEqualTo("eu");
        assertThat(fromNew.getEvents()).isEqualTo("scCheckout");
    }

    @Test
    void autoRegisterOff_writesOnlyWhatIsRegistered() {
        AvroSerializer<Hit> strict = serializer("auto.register.schemas", "false");
        assertThatThrownBy(() -> strict.serialize(TOPIC, hit())).isInstanceOf(RegistryException.UnknownSchema.class);
        assertThatThrownBy(() -> client.latest("hits-value")).isInstanceOf(RegistryException.UnknownSchema.class);
        int id = client.register("hits-value", Hit.getClassSchema().toString());
        assertThat(WireFormat.schemaId(strict.serialize(TOPIC, hit()))).isEqualTo(id);
    }

    @Test
    void useLatestVersion_writesInTheSubjectsSchema_fieldsByNameNotByPosition() {
        Schema reordered = record(
                "Hit", "{\"name\":\"events\",\"type\":\"string\"},{\"name\":\"reportSuite\",\"type\":\"string\"}");
        int id = client.register("hits-value", reordered.toString());
        byte[] bytes = this.<Hit>serializer("auto.register.schemas", "false", "use.latest.version", "true")
                .serialize(TOPIC, hit());
        assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
        Hit back = this.<Hit>deserializer().deserialize(TOPIC, bytes);
        assertThat(back.getReportSuite()).isEqualTo("eu-shop");
        assertThat(back.getEvents()).isEqualTo("scCheckout:A1");
    }

    @Test
    void useLatestVersion_thatCannotReadTheRecord_isAnError() {
        client.register(
                "hits-value",
                record("Hit", "{\"name\":\"needed\",\"type\":\"string\"}").toString());
        AvroSerializer<Hit> serializer = serializer("auto.register.schemas", "false", "use.latest.version", "true");
        assertThatThrownBy(() -> serializer.serialize(TOPIC, hit()))
                .isInstanceOf(SerializationException.class)
                .isNotInstanceOf(RegistryException.class)
                .hasMessageContaining("use.latest.version");
    }

    @Test
    void tombstone_isNullBothWays() {
        assertThat(this.<Hit>serializer().serialize(TOPIC, null)).isNull();
        assertThat((Object) deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
    }

    @Test
    void oneInstance_servesSeveralThreads() throws Exception {
        AvroSerializer<Hit> serializer = serializer();
        AvroDeserializer<Hit> deserializer = deserializer();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Void>> runs = threads.invokeAll(java.util.Collections.nCopies(4, () -> {
                for (int i = 0; i < 500; i++) {
                    Hit hit = hit();
                    hit.setEvents(Thread.currentThread().getName() + i);
                    assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, hit)))
                            .isEqualTo(hit);
                }
                return null;
            }));
            for (Future<Void> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
