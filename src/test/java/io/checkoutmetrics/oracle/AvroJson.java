package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** What Avro has decoded, as JSON: the field names of Avro, times as milliseconds or as ISO-8601 in UTC. */
final class AvroJson {
    /** What stands for text that is no UTF-8. */
    static final String INVALID = "(invalid)";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroJson() {}

    static ObjectNode record(GenericRecord record, boolean isoTimes) {
        ObjectNode json = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            json.set(field.name(), value(field.schema(), record.get(field.pos()), isoTimes));
        }
        return json;
    }

    private static JsonNode value(Schema schema, Object value, boolean isoTimes) {
        return switch (schema.getType()) {
            case NULL -> JSON.nullNode();
            case RECORD -> record((GenericRecord) value, isoTimes);
            case ARRAY -> array(schema, (List<?>) value, isoTimes);
            case MAP -> map(schema, (Map<?, ?>) value, isoTimes);
            case UNION -> value(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value, isoTimes);
            case STRING -> JSON.textNode(text(value));
            case INT -> JSON.numberNode(((Integer) value).longValue());
            case LONG -> time(schema, (Long) value, isoTimes);
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case FLOAT, DOUBLE -> JSON.numberNode(((Number) value).doubleValue());
            case ENUM -> JSON.textNode(value.toString());
            case BYTES -> JSON.binaryNode(((ByteBuffer) value).array());
            case FIXED -> JSON.textNode(value.toString());
        };
    }

    /** A long, which may be a time in milliseconds or, where its type says so, microseconds. */
    private static JsonNode time(Schema schema, long value, boolean isoTimes) {
        LogicalType type = schema.getLogicalType();
        boolean micros = type != null && type.getName().equals("timestamp-micros");
        boolean millis = type != null && type.getName().equals("timestamp-millis");
        long ms = micros ? Math.floorDiv(value, 1_000) : value;
        return isoTimes && (micros || millis)
                ? JSON.textNode(Instant.ofEpochMilli(ms).toString())
                : JSON.numberNode(ms);
    }

    private static ArrayNode array(Schema schema, List<?> values, boolean isoTimes) {
        ArrayNode json = JSON.arrayNode();
        values.forEach(value -> json.add(value(schema.getElementType(), value, isoTimes)));
        return json;
    }

    private static ObjectNode map(Schema schema, Map<?, ?> values, boolean isoTimes) {
        ObjectNode json = JSON.objectNode();
        values.forEach((key, value) -> json.set(key.toString(), value(schema.getValueType(), value, isoTimes)));
        return json;
    }

    private static String text(Object value) {
        return value instanceof Utf8 utf8 && !isUtf8(utf8) ? INVALID : value.toString();
    }

    static boolean isUtf8(Utf8 text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(), 0, text.getByteLength()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
