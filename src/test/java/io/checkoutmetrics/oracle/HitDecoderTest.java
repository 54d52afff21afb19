package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HitDecoderTest {
    private static final Utf8 NO_UTF8 = new Utf8(new byte[] {'f', (byte) 0xff});

    private final FakeRegistry registry;
    private final HitDecoder decoder;
    private final Schema hit;

    HitDecoderTest() throws IOException {
        registry = new FakeRegistry();
        decoder = new HitDecoder(new Schemas(registry.url()), Rules.defaults());
        hit = FakeRegistry.contract("Hit");
    }

    @BeforeEach
    void registerHit() {
        registry.put(1, hit.toString());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void checkout_hasAllItsFields_theTimeAsANumber() {
        GenericRecord record = hit("scCheckout");
        record.put("time", 1_767_607_200_000L);
        record.put("country", "fr");
        record.put("dimensions", Map.of("eVar5", "x"));

        Arrival arrival = decode(FakeRegistry.framed(1, record));

        assertThat(arrival.unreadable()).isNull();
        assertThat(arrival.reportSuite()).isEqualTo("eu");
        assertThat(arrival.clientTimeMs()).hasValue(1_767_607_200_000L);
        assertThat(arrival.items("country")).containsExactly("fr");
        assertThat(arrival.items("campaign")).containsExactly("(none)");
        assertThat(arrival.items("eVar5")).containsExactly("x");
        assertThat(arrival.excluded()).isFalse();
    }

    @Test
    void frameThatIsNone_isUnreadable() {
        assertThat(decode(null).unreadable()).isEqualTo("bad_frame");
        assertThat(decode(new byte[4]).unreadable()).isEqualTo("bad_frame");
        assertThat(decode(new byte[] {1, 0, 0, 0, 1, 0}).unreadable()).isEqualTo("bad_frame");
        assertThat(decode(new byte[] {0, 0, 0, 0, 9, 0}).unreadable()).isEqualTo("unknown_schema");
    }

    @Test
    void checkoutIsReadToItsEnd_andAnotherHitOnlyAsFarAsItsEvents() {
        for (String events : new String[] {"scCheckout", "event1", "scCheckout=0"}) {
            byte[] bytes = FakeRegistry.framed(1, hit(events));
            boolean checkout = events.equals("scCheckout");

            assertThat(decode(Arrays.copyOf(bytes, bytes.length - 1)).unreadable())
                    .isEqualTo(checkout ? "truncated" : null);
            assertThat(decode(Arrays.copyOf(bytes, bytes.length + 1)).unreadable())
                    .isEqualTo(checkout ? "trailing_bytes" : null);
            assertThat(decode(Arrays.copyOf(bytes, 10)).unreadable()).isEqualTo("truncated");
        }
    }

    @Test
    void lengthsThatCannotBe_areMalformed() {
        assertThat(decode(new byte[] {0, 0, 0, 0, 1, 1}).unreadable()).isEqualTo("malformed");
        assertThat(decode(new byte[] {0, 0, 0, 0, 1, -1, -1, -1, -1, 31}).unreadable())
                .isEqualTo("malformed");
        byte[] unionIndex = FakeRegistry.framed(1, hit("scCheckout"));
        unionIndex[5 + 3 + 11] = 40;
        assertThat(decode(unionIndex).unreadable()).isEqualTo("malformed");
    }

    @Test
    void textThatIsNoUtf8_isAnInvalidItem_butNoEvents() {
        GenericRecord record = hit("scCheckout");
        record.put("country", NO_UTF8);
        assertThat(decode(FakeRegistry.framed(1, record)).items("country")).containsExactly("(invalid)");

        record.put("events", NO_UTF8);
        assertThat(decode(FakeRegistry.framed(1, record)).unreadable()).isEqualTo("malformed");
    }

    @Test
    void textThatIsNoUtf8_isNone_evenIfTheWriterAsksForStrings() {
        Schema own = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Own\",\"fields\":["
                        + "{\"name\":\"reportSuite\",\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}},"
                        + "{\"name\":\"events\",\"type\":\"string\"}]}");
        registry.put(2, own.toString());
        GenericRecord record = new GenericRecordBuilder(own)
                .set("reportSuite", NO_UTF8)
                .set("events", "")
                .build();

        assertThat(decode(FakeRegistry.framed(2, record)).unreadable()).isEqualTo("malformed");
    }

    @Test
    void producersOwnSchema_isReadByNamesAndAliases_inAnyOrder() {
        Schema own = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Own\",\"fields\":["
                        + "{\"name\":\"more\",\"type\":\"double\"},"
                        + "{\"name\":\"post_event_list\",\"type\":[\"null\",\"string\"],\"aliases\":[\"events\"]},"
                        + "{\"name\":\"country\",\"type\":\"string\"},"
                        + "{\"name\":\"reportSuite\",\"type\":\"string\"}]}");
        registry.put(2, own.toString());
        GenericRecord record = new GenericRecordBuilder(own)
                .set("more", 1.5)
                .set("post_event_list", "scCheckout:A")
                .set("country", "fr")
                .set("reportSuite", "eu")
                .build();

        Arrival arrival = decode(FakeRegistry.framed(2, record));

        assertThat(arrival.events()).isEqualTo("scCheckout:A");
        assertThat(arrival.items("country")).containsExactly("fr");
    }

    @Test
    void schemaThatCannotBeUsed_makesItsHitsUnreadable() {
        byte[] hitOfSchema3 = "\0\0\0\0\3anything".getBytes(StandardCharsets.UTF_8);
        Map<String, String> schemas = Map.of(
                SchemaBuilder.record("R")
                        .fields()
                        .requiredString("events")
                        .endRecord()
                        .toString(),
                "schema_mismatch",
                SchemaBuilder.record("R")
                        .fields()
                        .requiredInt("reportSuite")
                        .endRecord()
                        .toString(),
                "schema_mismatch",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}",
                "bad_schema",
                "\"string\"",
                "bad_schema",
                "{",
                "bad_schema");
        schemas.forEach((schema, reason) -> {
            registry.put(3, schema);
            HitDecoder fresh = new HitDecoder(new Schemas(registry.url()), Rules.defaults());
            assertThat(fresh.decode(0, 0, 0, hitOfSchema3).unreadable())
                    .as(schema)
                    .isEqualTo(reason);
        });
    }

    private Arrival decode(byte @Nullable [] bytes) {
        return decoder.decode(0, 0, 0, bytes);
    }

    private GenericRecord hit(String events) {
        return new GenericRecordBuilder(hit)
                .set("reportSuite", "eu")
                .set("events", events)
                .build();
    }
}
