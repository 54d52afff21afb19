package io.checkoutmetrics.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes and schemas that no honest writer makes become one kind of exception, in bounded memory. */
class AvroHostileBytesTest {
    private static final String TOPIC = "hits";

    private EmbeddedRegistry registry;
    private RegistryClient client;
    private AvroDeserializer<IndexedRecord> deserializer;

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.start();
        client = RegistryClient.of(Map.of("schema.registry.url", registry.url(), "max.retries", "0"));
        deserializer = new AvroDeserializer<>(client);
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
                .setHitId("1")
                .build();
    }

    private static Schema record(String name, String fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"namespace\":\"io.checkoutmetrics.avro\",\"name\":\"" + name
                        + "\",\"fields\":[" + fields + "]}");
    }

    @Test
    void everyCutAndEveryByteTooMany_isASerializationException_thatBlamesNoRegistry() {
        byte[] bytes = new AvroSerializer<Hit>(client).serialize(TOPIC, hit());
        for (int length = 0; length <= bytes.length + 1; length++) {
            if (length != bytes.length) {
                byte[] wrong = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> deserializer.deserialize(TOPIC, wrong))
                        .isInstanceOf(SerializationException.class)
                        .isNotInstanceOf(RegistryException.class)
                        .hasMessageNotContaining("eu-shop");
            }
        }
        assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(hit());
    }

    @Test
    void unknownId_andRegistryDown_areToldApart() {
        byte[] unknown = WireFormat.frame(4711, new byte[] {0});
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, unknown))
                .isInstanceOf(RegistryException.UnknownSchema.class);
        registry.close();
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, WireFormat.frame(4712, new byte[] {0})))
                .isInstanceOf(RegistryException.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"array\",\"items\":\"null\"}",
                "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"E\",\"fields\":[]}}",
                "{\"type\":\"array\",\"items\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}}"
            })
    void collectionThatClaimsMillionsOfItemsInAFewBytes_isRefused(String type) {
        Schema schema = record("Bomb", "{\"name\":\"a\",\"type\":" + type + "}");
        int id = client.register("hits-value", schema.toString());
        byte[] twoHundredMillion = {(byte) 0x80, (byte) 0x88, (byte) 0xde, (byte) 0xbe, 0x01, 0};
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, WireFormat.frame(id, twoHundredMillion)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("SystemLimitException");
    }

    @Test
    void collectionsInsideOneRecord_countTogether() {
        Schema schema = record(
                "Bombs",
                "{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"null\"}}}");
        int id = client.register("hits-value", schema.toString());
        byte[] twentyTimesAMillion = new byte[2 + 20 * 4];
        twentyTimesAMillion[0] = 40;
        for (int i = 0; i < 20; i++) {
            System.arraycopy(new byte[] {(byte) 0x80, (byte) 0x89, 0x7a, 0}, 0, twentyTimesAMillion, 1 + 4 * i, 4);
        }
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, WireFormat.frame(id, twentyTimesAMillion)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("SystemLimitException");
    }

    @Test
    void collectionThatIsOnlySkipped_isRefusedToo() {
        Schema writer = record(
                "Hit",
                "{\"name\":\"reportSuite\",\"type\":\"string\"},"
                        + "{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}");
        int id = client.register("hits-value", writer.toString());
        byte[] twoHundredMillion = {0, (byte) 0x80, (byte) 0x88, (byte) 0xde, (byte) 0xbe, 0x01, 0};
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, WireFormat.frame(id, twoHundredMillion)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("SystemLimitException");
    }

    @Test
    void stringOfTwoGigabytes_isRefused() {
        int id = client.register(
                "hits-value",
                record("Long", "{\"name\":\"a\",\"type\":\"string\"}").toString());
        byte[] claim = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'x'};
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, WireFormat.frame(id, claim)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void recursionWithoutEnd_isASerializationException_notAnError() {
        Schema schema = record("Endless", "{\"name\":\"next\",\"type\":[\"null\",\"Endless\"]}");
        int id = client.register("hits-value", schema.toString());
        byte[] payload = new byte[1 << 20];
        Arrays.fill(payload, (byte) 2);
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, WireFormat.frame(id, payload)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void schemaThatAvroDoesNotTake_isUnusable() throws IOException {
        String nested = "{\"type\":\"array\",\"items\":".repeat(5_000) + "\"null\"" + "}".repeat(5_000);
        try (MisbehavingRegistry odd = new MisbehavingRegistry(
                        MisbehavingRegistry.answers(200, "{\"schema\":\"" + nested.replace("\"", "\\\"") + "\"}"));
                RegistryClient oddClient = RegistryClient.of(Map.of("schema.registry.url", odd.url()))) {
            AvroDeserializer<Hit> odds = new AvroDeserializer<>(oddClient);
            assertThatThrownBy(() -> odds.deserialize(TOPIC, WireFormat.frame(1, new byte[1])))
                    .isInstanceOf(RegistryException.UnusableSchema.class);
        }
    }

    @Test
    void primitiveInTheWireFormat_isASerializationException() {
        int id = client.register("hits-value", "\"string\"");
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, WireFormat.frame(id, new byte[] {0})))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a record is needed");
    }
}
