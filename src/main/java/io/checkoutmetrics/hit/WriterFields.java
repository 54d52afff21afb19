package io.checkoutmetrics.hit;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a writer's record, found by our names: under the name that {@link HitRules#fields()} gives, else under
 * our own, else by an alias.
 */
final class WriterFields {
    private final Schema writer;
    private final Map<String, String> theirNames;

    /** @throws UnusableSchemaException {@link Reason#BAD_SCHEMA} where the writer's schema is no record */
    WriterFields(Schema writer, HitRules rules) throws UnusableSchemaException {
        if (writer.getType() != Schema.Type.RECORD) {
            throw UnusableSchemaException.badSchema(
                    "a hit is a record, but the writer's schema is of type " + typeName(writer));
        }
        this.writer = writer;
        this.theirNames = rules.fields();
    }

    List<Schema.Field> all() {
        return writer.getFields();
    }

    boolean isRenamed(String ourName) {
        return theirNames.containsKey(ourName);
    }

    Schema.@Nullable Field find(String ourName) {
        Schema.Field mapped = writer.getField(theirNames.getOrDefault(ourName, ourName));
        if (mapped != null) {
            return mapped;
        }
        Schema.Field same = writer.getField(ourName);
        if (same != null) {
            return same;
        }
        for (Schema.Field field : writer.getFields()) {
            if (field.aliases().contains(ourName)) {
                return field;
            }
        }
        return null;
    }

    /** @throws UnusableSchemaException {@link Reason#SCHEMA_MISMATCH} where the writer has no such field */
    Schema.Field require(String ourName) throws UnusableSchemaException {
        Schema.Field field = find(ourName);
        if (field == null) {
            throw UnusableSchemaException.mismatch("record " + writer.getFullName() + " has no field " + ourName
                    + ". If the producer names it otherwise, set fields." + ourName + ".");
        }
        return field;
    }

    /** What to say of a field that is there in a type it cannot have. */
    static UnusableSchemaException wrongType(String ourName, Schema.Field field, String wanted) {
        return UnusableSchemaException.mismatch("field " + field.name() + " cannot be " + ourName + ": it is of type "
                + typeName(field.schema()) + ", not " + wanted + ". If another field is meant, set fields." + ourName
                + ".");
    }

    private static String typeName(Schema schema) {
        String type = schema.getType().getName();
        String logical = schema.getProp("logicalType");
        if (schema.getType() == Schema.Type.UNION) {
            return "union of "
                    + schema.getTypes().stream().map(WriterFields::typeName).toList();
        }
        return logical == null ? type : type + " (" + logical + ")";
    }
}
