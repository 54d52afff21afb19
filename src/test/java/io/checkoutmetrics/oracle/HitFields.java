package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The fields of a hit in a producer's own schema: by their names, else by an alias, in any order. */
final class HitFields {
    private static final List<String> TEXTS =
            List.of("reportSuite", "events", "hitId", "visitorId", "visitId", "excluded", "campaign", "country");

    private HitFields() {}

    /** Whether the report suite is there, and what is there has a type that can be read. */
    static boolean fit(Schema schema) {
        if (of("reportSuite", schema) == null) {
            return false;
        }
        for (String name : TEXTS) {
            Schema.Field field = of(name, schema);
            if (field != null && !isNullable(field.schema(), Set.of(Schema.Type.STRING))) {
                return false;
            }
        }
        Schema.Field time = of("time", schema);
        return time == null || isNullable(time.schema(), Set.of(Schema.Type.LONG));
    }

    static Schema.@Nullable Field of(String name, Schema schema) {
        Schema.Field own = schema.getField(name);
        return own != null
                ? own
                : schema.getFields().stream()
                        .filter(field -> field.aliases().contains(name))
                        .findFirst()
                        .orElse(null);
    }

    /** The schema's start, with all that comes before the report suite and the events string, and these. */
    static Schema upToEvents(Schema schema) {
        Schema.Field suite = of("reportSuite", schema);
        Schema.Field events = of("events", schema);
        int last = Math.max(suite == null ? 0 : suite.pos(), events == null ? 0 : events.pos());
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields().subList(0, last + 1)) {
            fields.add(new Schema.Field(field, field.schema()));
        }
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    /** The record under the names of a hit. */
    static ObjectNode named(ObjectNode record, Schema schema) {
        ObjectNode hit = record.deepCopy();
        for (Schema.Field field : schema.getFields()) {
            for (String alias : field.aliases()) {
                if (!hit.has(alias)) {
                    hit.set(alias, record.path(field.name()));
                }
            }
        }
        return hit;
    }

    private static boolean isNullable(Schema schema, Set<Schema.Type> types) {
        return schema.getType() == Schema.Type.UNION
                ? schema.getTypes().stream()
                        .allMatch(type -> type.getType() == Schema.Type.NULL || types.contains(type.getType()))
                : types.contains(schema.getType());
    }
}
