package io.checkoutmetrics.metric;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Published records as JSON: the Avro field names, times as ISO-8601 in UTC, absent optional fields as null. */
public final class MetricJson {
    private static final JsonMapper JSON = new JsonMapper();

    private MetricJson() {}

    /** The record as one line without a line end. */
    public static String line(SpecificRecord published) {
        return object(published).toString();
    }

    public static ObjectNode object(SpecificRecord published) {
        ObjectNode object = JSON.createObjectNode();
        for (Schema.Field field : published.getSchema().getFields()) {
            put(object, field.name(), published.get(field.pos()));
        }
        return object;
    }

    private static void put(ObjectNode object, String name, @Nullable Object value) {
        if (value == null) {
            object.putNull(name);
        } else if (value instanceof Instant time) {
            object.put(name, time.toString());
        } else if (value instanceof Boolean flag) {
            object.put(name, flag);
        } else if (value instanceof Double number) {
            object.put(name, number);
        } else if (value instanceof Number number) {
            object.put(name, number.longValue());
        } else if (value instanceof List<?> parts) {
            ArrayNode array = object.putArray(name);
            parts.forEach(part -> array.add(object((SpecificRecord) part)));
        } else {
            object.put(name, value.toString());
        }
    }
}
