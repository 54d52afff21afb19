package io.checkoutmetrics.hit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Writer's schemas as producers might have them: our fields in any order, under our name or an alias, nullable or not,
 * among fields of any type.
 */
final class RandomSchemas {
    private final Random random;
    private int names;

    RandomSchemas(Random random) {
        this.random = random;
    }

    Schema hitSchema() {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(ours("reportSuite", textType()));
        fields.add(ours("events", textType()));
        for (String name : List.of("hitId", "visitorId", "visitId", "excluded", "country", "campaign", "products")) {
            if (random.nextInt(4) > 0) {
                fields.add(ours(name, textType()));
            }
        }
        if (random.nextInt(4) > 0) {
            fields.add(ours("time", nullable(timeType())));
        }
        if (random.nextInt(4) > 0) {
            fields.add(ours("dimensions", Schema.createMap(textType())));
        }
        for (int extra = random.nextInt(7); extra > 0; extra--) {
            fields.add(new Schema.Field(next("extra"), anyType(4)));
        }
        Collections.shuffle(fields, random);
        return Schema.createRecord(next("Hit"), null, null, false, fields);
    }

    private Schema.Field ours(String name, Schema type) {
        if (random.nextInt(3) > 0) {
            return new Schema.Field(name, type);
        }
        Schema.Field field = new Schema.Field(next("their"), type);
        field.addAlias(name);
        return field;
    }

    private Schema textType() {
        return nullable(Schema.create(random.nextInt(4) > 0 ? Schema.Type.STRING : Schema.Type.BYTES));
    }

    private Schema timeType() {
        Schema time = Schema.create(Schema.Type.LONG);
        return switch (random.nextInt(3)) {
            case 0 -> time;
            case 1 -> LogicalTypes.timestampMillis().addToSchema(time);
            default -> LogicalTypes.timestampMicros().addToSchema(time);
        };
    }

    private Schema nullable(Schema type) {
        Schema none = Schema.create(Schema.Type.NULL);
        return switch (random.nextInt(3)) {
            case 0 -> type;
            case 1 -> Schema.createUnion(none, type);
            default -> Schema.createUnion(type, none);
        };
    }

    private Schema anyType(int depth) {
        int kind = random.nextInt(depth == 0 ? 10 : 14);
        return switch (kind) {
            case 8 -> Schema.createFixed(next("F"), null, null, random.nextInt(20));
            case 9 -> Schema.createEnum(next("E"), null, null, List.of("A", "B", "C"));
            case 10 -> Schema.createArray(anyType(depth - 1));
            case 11 -> Schema.createMap(anyType(depth - 1));
            case 12 -> recordType(depth);
            case 13 -> unionType(depth);
            default -> primitive(kind);
        };
    }

    private static Schema primitive(int kind) {
        String[] names = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"};
        return Schema.create(Schema.Type.valueOf(names[kind].toUpperCase(Locale.ROOT)));
    }

    private Schema recordType(int depth) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.add(new Schema.Field(next("f"), anyType(depth - 1)));
        }
        return Schema.createRecord(next("N"), null, null, false, fields);
    }

    private Schema unionType(int depth) {
        List<Schema> branches = new ArrayList<>();
        branches.add(recordType(depth));
        branches.add(Schema.create(Schema.Type.NULL));
        branches.add(Schema.create(Schema.Type.LONG));
        branches.add(Schema.createArray(anyType(depth - 1)));
        Collections.shuffle(branches, random);
        return Schema.createUnion(branches.subList(0, 1 + random.nextInt(4)));
    }

    private String next(String prefix) {
        return prefix + names++;
    }
}
