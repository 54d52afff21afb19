package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the input topic, as hits. A checkout must be sound to its last byte; a hit that is none, only as far as its
 * report suite and its events string.
 */
final class HitDecoder {
    private static final int FRAME = 5;
    private static final List<String> STRINGS = List.of("reportSuite", "events");

    private final Schemas schemas;
    private final Rules rules;

    HitDecoder(Schemas schemas, Rules rules) {
        this.schemas = schemas;
        this.rules = rules;
    }

    Arrival decode(int partition, long offset, long recordTimeMs, byte @Nullable [] value) {
        if (value == null || value.length < FRAME || value[0] != 0) {
            return Arrival.unreadable(partition, offset, recordTimeMs, "bad_frame");
        }
        int id = ByteBuffer.wrap(value, 1, 4).getInt();
        if (!schemas.knows(id)) {
            return Arrival.unreadable(partition, offset, recordTimeMs, "unknown_schema");
        }
        Optional<Schema> schema = schemas.find(id);
        if (schema.isEmpty()) {
            return Arrival.unreadable(partition, offset, recordTimeMs, "bad_schema");
        }
        if (!HitFields.fit(schema.get())) {
            return Arrival.unreadable(partition, offset, recordTimeMs, "schema_mismatch");
        }
        try {
            ObjectNode hit = hit(schema.get(), value);
            return Arrival.of(partition, offset, recordTimeMs, hit);
        } catch (Unreadable e) {
            return Arrival.unreadable(partition, offset, recordTimeMs, e.reason);
        }
    }

    private ObjectNode hit(Schema schema, byte[] value) throws Unreadable {
        ObjectNode start = fields(HitFields.upToEvents(schema), value, false);
        boolean checkout = !EventItem.of(start.path("events").asText(), rules).isEmpty();
        return checkout ? fields(schema, value, true) : start;
    }

    private static ObjectNode fields(Schema schema, byte[] value, boolean toTheEnd) throws Unreadable {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, FRAME, value.length - FRAME, null);
        try {
            GenericRecord record = new BytesAsTheyAre(schema).read(null, decoder);
            if (toTheEnd && !decoder.isEnd()) {
                throw new Unreadable("trailing_bytes", null);
            }
            for (String name : STRINGS) {
                Schema.Field field = HitFields.of(name, schema);
                if (field != null && record.get(field.pos()) instanceof Utf8 text && !AvroJson.isUtf8(text)) {
                    throw new Unreadable("malformed", null);
                }
            }
            return HitFields.named(AvroJson.record(record, false), schema);
        } catch (EOFException e) {
            throw new Unreadable("truncated", e);
        } catch (IOException | RuntimeException e) {
            throw new Unreadable("malformed", e);
        }
    }

    /** A writer may want {@code avro.java.string}: made a String, bytes that are no UTF-8 cannot be told from others. */
    private static final class BytesAsTheyAre extends GenericDatumReader<GenericRecord> {
        BytesAsTheyAre(Schema schema) {
            super(schema, schema, new GenericData().setFastReaderEnabled(false)); // which does not ask
        }

        @Override
        protected Class<?> findStringClass(Schema schema) {
            return CharSequence.class;
        }
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unreadable(String reason, @Nullable Throwable cause) {
            super(reason, cause);
            this.reason = reason;
        }
    }
}
