package io.checkoutmetrics.hit;

import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the client's timestamp: a {@code long} of milliseconds, whether it says so ({@code timestamp-millis}) or not,
 * {@code timestamp-micros} or {@code timestamp-nanos}, or a union of such and null. Immutable.
 */
final class TimeField {
    private static final long NULL = 0;

    /** Per branch: how many units of it make a millisecond, or {@link #NULL}. */
    private final long[] unitsPerMs;

    private final boolean union;

    private TimeField(long[] unitsPerMs, boolean union) {
        this.unitsPerMs = unitsPerMs;
        this.union = union;
    }

    static TimeField of(String ourName, Schema.Field field) throws UnusableSchemaException {
        boolean union = field.schema().isUnion();
        List<Schema> types = union ? field.schema().getTypes() : List.of(field.schema());
        long[] units = new long[types.size()];
        for (int i = 0; i < units.length; i++) {
            Long unit = unitsPerMs(types.get(i));
            if (unit == null) {
                throw WriterFields.wrongType(ourName, field, "a timestamp in a long");
            }
            units[i] = unit;
        }
        return new TimeField(units, union);
    }

    private static @Nullable Long unitsPerMs(Schema type) {
        if (type.getType() == Schema.Type.NULL) {
            return NULL;
        }
        if (type.getType() != Schema.Type.LONG) {
            return null;
        }
        String logical = type.getProp("logicalType");
        return switch (logical == null ? "timestamp-millis" : logical) {
            case "timestamp-micros" -> 1_000L;
            case "timestamp-nanos" -> 1_000_000L;
            case "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos", "time-micros" -> null;
            default -> 1L;
        };
    }

    /** Milliseconds since the epoch, rounded down; empty where the field is null. */
    OptionalLong read(AvroCursor in) {
        long units = unitsPerMs[union ? in.readIndex(unitsPerMs.length) : 0];
        return units == NULL ? OptionalLong.empty() : OptionalLong.of(Math.floorDiv(in.readLong(), units));
    }
}
