package io.checkoutmetrics.hit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Compiles the types of one schema into {@link Shape}s, each type once however often it is used. Refuses types that
 * contain themselves and types nested deeper than
 * {@value #MAX_HEIGHT} levels, so that passing over a value never runs out of stack.
 */
final class Shapes {
    static final int MAX_HEIGHT = 64;

    private final IdentityHashMap<Schema, Shape> known = new IdentityHashMap<>();
    private final Set<Schema> open = Collections.newSetFromMap(new IdentityHashMap<>());

    Shape of(Schema schema) throws UnusableSchemaException {
        Shape done = known.get(schema);
        if (done != null) {
            return refuseTooHigh(done, open.size() + done.height);
        }
        if (!open.add(schema)) {
            throw UnusableSchemaException.badSchema("type " + schema.getFullName() + " contains itself");
        }
        refuseTooDeep(open.size());
        Shape shape = compile(schema);
        open.remove(schema);
        known.put(schema, shape);
        return shape;
    }

    private Shape compile(Schema schema) throws UnusableSchemaException {
        return switch (schema.getType()) {
            case NULL -> new Shape.Fixed(0, 1);
            case BOOLEAN -> new Shape.Fixed(1, 1);
            case FLOAT -> new Shape.Fixed(Float.BYTES, 1);
            case DOUBLE -> new Shape.Fixed(Double.BYTES, 1);
            case FIXED -> new Shape.Fixed(schema.getFixedSize(), 1);
            case INT -> new Shape.IntNumber();
            case LONG -> new Shape.LongNumber();
            case ENUM -> new Shape.Symbol(schema.getEnumSymbols().size());
            case STRING, BYTES -> new Shape.Text();
            case UNION -> new Shape.Choice(branches(schema.getTypes()));
            case ARRAY -> new Shape.Blocks(of(schema.getElementType()));
            case MAP -> new Shape.Blocks(sequence(List.of(new Shape.Text(), of(schema.getValueType()))));
            case RECORD -> record(schema);
        };
    }

    private Shape[] branches(List<Schema> types) throws UnusableSchemaException {
        Shape[] branches = new Shape[types.size()];
        for (int i = 0; i < branches.length; i++) {
            branches[i] = of(types.get(i));
        }
        return branches;
    }

    private Shape record(Schema schema) throws UnusableSchemaException {
        List<Shape> parts = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            parts.add(of(field.schema()));
        }
        return sequence(parts);
    }

    /** Parts of constant size next to each other become one; parts without size disappear. */
    private static Shape sequence(List<Shape> parts) {
        int height = 1 + Shape.highest(parts.toArray(new Shape[0]));
        List<Shape> fused = new ArrayList<>();
        long constant = 0;
        for (Shape part : parts) {
            if (part instanceof Shape.Fixed) {
                constant += part.minBytes;
                continue;
            }
            if (constant > 0) {
                fused.add(new Shape.Fixed(constant, 1));
                constant = 0;
            }
            fused.add(part);
        }
        if (fused.isEmpty()) {
            return new Shape.Fixed(constant, height);
        }
        if (constant > 0) {
            fused.add(new Shape.Fixed(constant, 1));
        }
        return new Shape.Sequence(fused.toArray(new Shape[0]), height);
    }

    private static Shape refuseTooHigh(Shape shape, int levels) throws UnusableSchemaException {
        refuseTooDeep(levels);
        return shape;
    }

    private static void refuseTooDeep(int levels) throws UnusableSchemaException {
        if (levels > MAX_HEIGHT) {
            throw UnusableSchemaException.badSchema("types are nested deeper than " + MAX_HEIGHT + " levels");
        }
    }
}
