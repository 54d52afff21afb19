package io.checkoutmetrics.hit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a checkout beyond report suite and events, and where the writer has it. A field that the writer lacks
 * is absent from every hit. Immutable.
 */
final class CheckoutFields {
    private static final String MAP_PREFIX = "dimensions.";

    private final @Nullable At<TimeField> time;
    private final @Nullable At<TextField> hitId;
    private final @Nullable At<TextField> visitorId;
    private final @Nullable At<TextField> visitId;
    private final @Nullable At<TextField> excluded;
    private final List<@Nullable At<TextField>> dimensions;
    private final @Nullable At<DimensionMap> map;

    /** Which dimension each wanted entry of {@link #map} is. */
    private final int[] mapped;

    /** @param index position of the field in the writer's record */
    private record At<T>(int index, T field) {}

    /** Makes the reader of one field. */
    private interface Maker<T> {
        T make(String ourName, Schema.Field field) throws UnusableSchemaException;
    }

    CheckoutFields(WriterFields writer, List<String> names) throws UnusableSchemaException {
        time = find(writer, "time", TimeField::of);
        hitId = find(writer, "hitId", CheckoutFields::text);
        visitorId = find(writer, "visitorId", CheckoutFields::text);
        visitId = find(writer, "visitId", CheckoutFields::text);
        excluded = find(writer, "excluded", CheckoutFields::text);
        dimensions = new ArrayList<>();
        Map<String, Integer> entries = new LinkedHashMap<>();
        for (String name : names) {
            boolean entry = name.startsWith(MAP_PREFIX) && !writer.isRenamed(name);
            if (entry) {
                entries.put(name.substring(MAP_PREFIX.length()), dimensions.size());
            }
            dimensions.add(entry ? null : find(writer, name, CheckoutFields::text));
        }
        List<String> keys = List.copyOf(entries.keySet());
        map = keys.isEmpty()
                ? null
                : find(writer, "dimensions", (ourName, field) -> DimensionMap.of(ourName, field, keys));
        mapped = entries.values().stream().mapToInt(Integer::intValue).toArray();
    }

    private static TextField text(String ourName, Schema.Field field) throws UnusableSchemaException {
        return TextField.ofAny(ourName, field, field.schema());
    }

    private static <T> @Nullable At<T> find(WriterFields writer, String ourName, Maker<T> maker)
            throws UnusableSchemaException {
        Schema.Field field = writer.find(ourName);
        return field == null ? null : new At<>(field.pos(), maker.make(ourName, field));
    }

    /**
     * Why the producer wants the hit not to be counted; null where it does not. {@code 0} and {@code false} are no
     * reasons: {@code excluded} may be a data feed's {@code
     * exclude_hit}.
     *
     * @param starts where each of the writer's fields starts
     */
    @Nullable
    String excluded(AvroCursor in, int[] starts) {
        if (excluded == null) {
            return null;
        }
        in.seek(starts[excluded.index()]);
        String reason = excluded.field().item(in);
        return reason == null || reason.equals("0") || reason.equals("false") ? null : reason;
    }

    CheckoutHit read(AvroCursor in, int[] starts, String reportSuite, EventList.Findings found) {
        return new CheckoutHit(
                reportSuite,
                found.items(),
                time(in, starts),
                identifier(hitId, in, starts),
                identifier(visitorId, in, starts),
                identifier(visitId, in, starts),
                items(in, starts),
                found.invalidEventIds(),
                found.nearMiss());
    }

    private OptionalLong time(AvroCursor in, int[] starts) {
        if (time == null) {
            return OptionalLong.empty();
        }
        in.seek(starts[time.index()]);
        return time.field().read(in);
    }

    private static @Nullable String identifier(@Nullable At<TextField> at, AvroCursor in, int[] starts) {
        if (at == null) {
            return null;
        }
        in.seek(starts[at.index()]);
        return at.field().identifier(in);
    }

    private List<String> items(AvroCursor in, int[] starts) {
        String[] items = new String[dimensions.size()];
        Arrays.fill(items, CheckoutHit.NONE);
        for (int i = 0; i < items.length; i++) {
            At<TextField> at = dimensions.get(i);
            if (at != null) {
                in.seek(starts[at.index()]);
                items[i] = orNone(at.field().item(in));
            }
        }
        if (map != null) {
            in.seek(starts[map.index()]);
            @Nullable String[] entries = map.field().read(in);
            for (int i = 0; i < entries.length; i++) {
                items[mapped[i]] = orNone(entries[i]);
            }
        }
        return List.of(items);
    }

    private static String orNone(@Nullable String item) {
        return item == null ? CheckoutHit.NONE : item;
    }
}
