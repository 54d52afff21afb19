package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.HitReader;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.hit.Reading;
import io.checkoutmetrics.hit.Reason;
import io.checkoutmetrics.hit.UnusableSchemaException;
import io.checkoutmetrics.registry.WireFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads hits in Confluent's wire format, each by the schema it was written with. Not thread-safe. */
public final class HitReaders {
    private static final int MOST_SCHEMAS = 1_000;
    private static final Reading BAD_FRAME =
            new Reading.Unreadable(Reason.BAD_FRAME, "not magic byte 0, a 4-byte schema ID and Avro");

    private final WriterSchemas schemas;
    private final HitRules rules;
    private final Map<Integer, SchemaReader> bySchema = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, SchemaReader> eldest) {
            return size() > MOST_SCHEMAS;
        }
    };
    private int lastSchema;
    private @Nullable SchemaReader lastReader;

    /** @param schemas closed by its owner */
    public HitReaders(WriterSchemas schemas, HitRules rules) {
        this.schemas = schemas;
        this.rules = rules;
    }

    /** What becomes of a record's value; waits while the registry cannot be asked for its schema. */
    public Reading read(byte @Nullable [] value) {
        if (value == null || !WireFormat.isFramed(value)) {
            return BAD_FRAME;
        }
        return readerOf(WireFormat.schemaId(value)).read(value);
    }

    private SchemaReader readerOf(int schemaId) {
        SchemaReader reader = lastReader;
        if (reader == null || lastSchema != schemaId) {
            reader = bySchema.get(schemaId);
            if (reader == null) {
                String schema = schemas.schema(schemaId).orElse(null);
                if (schema == null) { // not remembered here: it may be registered yet
                    return always(new Reading.Unreadable(
                            Reason.UNKNOWN_SCHEMA, "the registry has no usable schema of ID " + schemaId));
                }
                reader = compile(schemaId, schema);
                bySchema.put(schemaId, reader);
            }
            lastSchema = schemaId;
            lastReader = reader;
        }
        return reader;
    }

    private SchemaReader compile(int schemaId, String schema) {
        try {
            HitReader reader = HitReader.of(HitReader.parseSchema(schema), rules);
            return value -> reader.read(value, WireFormat.HEADER_BYTES);
        } catch (UnusableSchemaException e) {
            return always(new Reading.Unreadable(e.reason(), "schema " + schemaId + ": " + e.getMessage()));
        }
    }

    private static SchemaReader always(Reading reading) {
        return value -> reading;
    }

    private interface SchemaReader {
        Reading read(byte[] value);
    }
}
