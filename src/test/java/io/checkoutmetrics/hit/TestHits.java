package io.checkoutmetrics.hit;

import io.checkoutmetrics.avro.Hit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Hits as Avro's own encoder writes them. */
final class TestHits {
    static final Schema HIT = Hit.getClassSchema();

    private TestHits() {}

    /** A hit of our own schema, with defaults for what isn't given. */
    static byte[] hit(String reportSuite, String events, Map<String, Object> others) {
        GenericRecordBuilder hit =
                new GenericRecordBuilder(HIT).set("reportSuite", reportSuite).set("events", events);
        others.forEach(hit::set);
        return encode(HIT, hit.build());
    }

    static byte[] hit(String reportSuite, String events) {
        return hit(reportSuite, events, Map.of());
    }

    /** A hit with every field filled in. */
    static byte[] fullHit(String events) {
        return hit(
                "eu-shop",
                events,
                Map.ofEntries(
                        Map.entry("time", 1_767_607_200_000L),
                        Map.entry("hitId", "h-1"),
                        Map.entry("visitorId", "visitor-1"),
                        Map.entry("visitId", "visit-1"),
                        Map.entry("pageName", "caf\u00e9"),
                        Map.entry("campaign", "spring"),
                        Map.entry("country", "fr"),
                        Map.entry("currency", "EUR"),
                        Map.entry("products", ";shoe;1;59.90"),
                        Map.entry("deviceType", "phone"),
                        Map.entry("dimensions", Map.of("eVar5", "blue", "eVar7", "\u20ac"))));
    }

    /** A record of any schema whose fields are given by name. */
    static byte[] encode(Schema schema, Map<String, Object> fields) {
        GenericRecord record = new GenericData.Record(schema);
        fields.forEach(record::put);
        return encode(schema, record);
    }

    static byte[] encode(Schema schema, Object datum) {
        return encode(schema, datum, false);
    }

    /** @param sized whether arrays and maps are written in blocks that state their size */
    static byte[] encode(Schema schema, Object datum, boolean sized) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = sized
                ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
                : EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static HitReader reader(HitRules rules) {
        return reader(HIT, rules);
    }

    static HitReader reader(Schema schema, HitRules rules) {
        try {
            return HitReader.of(schema, rules);
        } catch (UnusableSchemaException e) {
            throw new AssertionError(e);
        }
    }

    /** A record schema named R with these fields, given in Avro's JSON. */
    static Schema record(String... fields) {
        return schema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + String.join(",", fields) + "]}");
    }

    static Schema schema(String json) {
        try {
            return HitReader.parseSchema(json);
        } catch (UnusableSchemaException e) {
            throw new AssertionError(e);
        }
    }

    /** A field of a type given in Avro's JSON, in JSON. */
    static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }
}
