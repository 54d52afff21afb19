package io.checkoutmetrics.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Made-up hits in one schema, as the bytes of records. */
final class HitWriter {
    private static final int FRAME = 5;
    private static final int OF_WHICH_CHECKOUTS = 6;
    private static final int EVENT_IDS = 200_000;

    private final int schemaId;
    private final Schema schema;
    private final GenericDatumWriter<GenericRecord> avro;

    HitWriter(int schemaId, Schema schema) {
        this.schemaId = schemaId;
        this.schema = schema;
        this.avro = new GenericDatumWriter<>(schema);
    }

    /** The same fields and one more, by whose name the schema is a new one. */
    static Schema variant(Schema schema, int number) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("extra" + number, Schema.create(Schema.Type.STRING), null, "x"));
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    /** Makes bytes begin like those of a hit in this schema. */
    void frame(byte[] bytes) {
        ByteBuffer.wrap(bytes).put((byte) 0).putInt(schemaId);
    }

    byte[] bytes(Random random, long nowMs) {
        String events = random.nextInt(OF_WHICH_CHECKOUTS) == 0 ? checkout(random) : pageView(random);
        GenericRecordBuilder hit = new GenericRecordBuilder(schema)
                .set("reportSuite", Shoppers.SUITES.get(random.nextInt(Shoppers.SUITES.size())))
                .set("events", events)
                .set("visitorId", "v" + random.nextInt(500))
                .set("country", List.of("fr", "de", "jp", "us").get(random.nextInt(4)));
        if (events.contains(":")
                || random.nextInt(10) > 0) { // of simultaneous duplicates the hit ID tells which counts
            hit.set("hitId", "h" + random.nextLong());
        }
        if (random.nextInt(3) == 0) {
            hit.set("campaign", "c" + random.nextInt(5));
        }
        if (random.nextInt(3) == 0) { // some are later than the grace
            hit.set("time", nowMs - (long) (Math.pow(random.nextDouble(), 8) * 20_000));
        }
        if (random.nextInt(100) == 0) {
            hit.set("excluded", "exclude_hit");
        }
        return framed(hit.build());
    }

    private static String pageView(Random random) {
        return random.nextBoolean() ? "" : "event1,prodView";
    }

    private static String checkout(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "scCheckout";
            case 1 -> "event1,scCheckout=" + (1 + random.nextInt(3));
            case 2 -> "scCheckout:few" + random.nextInt(500); // seen before, most of them
            default -> "scCheckout:E" + random.nextInt(EVENT_IDS);
        };
    }

    private byte[] framed(GenericData.Record hit) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(new byte[FRAME]);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            avro.write(hit, encoder);
            encoder.flush();
            byte[] framed = bytes.toByteArray();
            frame(framed);
            return framed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
