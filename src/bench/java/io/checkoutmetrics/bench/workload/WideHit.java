package io.checkoutmetrics.bench.workload;

import io.checkoutmetrics.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The schema that a large site's producer would write: the 14 fields of {@code avro/Hit.avsc}, and 15 of its own. */
public final class WideHit {
    /** The ID under which it is registered: it must be the first schema that the registry gets. */
    public static final int SCHEMA_ID = 1;

    public static final String SUBJECT = "hits-value";
    private static final String[] TEXTS_BEFORE_MAP = {
        "hitId",
        "visitorId",
        "visitId",
        "excluded",
        "pageName",
        "campaign",
        "country",
        "currency",
        "products",
        "deviceType"
    };

    public static final Schema SCHEMA = schema();

    private WideHit() {}

    private static Schema schema() {
        Schema millis = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        var fields = SchemaBuilder.record("AnalyticsHit")
                .namespace("com.example.tracking")
                .fields();
        fields.requiredString("reportSuite").requiredString("events");
        fields.name("time")
                .type()
                .unionOf()
                .nullType()
                .and()
                .type(millis)
                .endUnion()
                .nullDefault();
        for (String text : TEXTS_BEFORE_MAP) {
            fields.optionalString(text);
        }
        fields.name("dimensions").type().map().values().stringType().mapDefault(Map.of());
        for (String text : new String[] {"pageUrl", "referrer", "userAgent", "ip", "language", "city", "region"}) {
            fields.optionalString(text);
        }
        for (String number : new String[] {"browserWidth", "browserHeight", "visitNumber", "hitDepth", "timezone"}) {
            fields.requiredInt(number);
        }
        return fields.optionalString("operatingSystem")
                .optionalString("siteSection")
                .requiredBoolean("firstHit")
                .endRecord();
    }

    /** A value of a topic: the bytes of a whole record in Confluent's wire format. */
    static byte[] framed(byte[] record) {
        return WireFormat.frame(SCHEMA_ID, record);
    }

    /** Writes neighbouring fields, in the schema's order, apart from the others: a record is its fields in a row. */
    static final class Fields {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);

        Fields text(String value) {
            return write(() -> out.writeString(value));
        }

        Fields optional(String value) {
            return write(() -> {
                out.writeIndex(1);
                out.writeString(value);
            });
        }

        Fields none() {
            return write(() -> out.writeIndex(0));
        }

        Fields optionalMillis(long value) {
            return write(() -> {
                out.writeIndex(1);
                out.writeLong(value);
            });
        }

        Fields number(int value) {
            return write(() -> out.writeInt(value));
        }

        Fields flag(boolean value) {
            return write(() -> out.writeBoolean(value));
        }

        Fields map(Map<String, String> entries) {
            return write(() -> {
                out.writeMapStart();
                out.setItemCount(entries.size());
                for (Map.Entry<String, String> entry : entries.entrySet()) {
                    out.startItem();
                    out.writeString(entry.getKey());
                    out.writeString(entry.getValue());
                }
                out.writeMapEnd();
            });
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }

        private Fields write(Write write) {
            try {
                write.run();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException("memory does not fail", e);
            }
        }

        private interface Write {
            void run() throws IOException;
        }
    }
}
