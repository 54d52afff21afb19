package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One record of the input topic.
 *
 * @param recordTimeMs the record's timestamp: when the hit was received
 * @param hit the hit by Avro field names, {@code time} as a number of milliseconds; missing when it is unreadable
 * @param unreadable why nothing can be read; null when it can
 */
public record Arrival(
        int partition,
        long offset,
        long recordTimeMs,
        JsonNode hit,
        @Nullable String unreadable) {

    /** The item under which a checkout counts that lacks a dimension. */
    static final String NO_ITEM = "(none)";

    private static final String MAP_ENTRY = "dimensions.";

    public static Arrival of(int partition, long offset, long recordTimeMs, JsonNode hit) {
        return new Arrival(partition, offset, recordTimeMs, hit, null);
    }

    public static Arrival unreadable(int partition, long offset, long recordTimeMs, String reason) {
        return new Arrival(partition, offset, recordTimeMs, MissingNode.getInstance(), reason);
    }

    String reportSuite() {
        return hit.path("reportSuite").asText("");
    }

    String events() {
        return hit.path("events").asText("");
    }

    /** The text of a field; one that is null, absent or empty has none. */
    Optional<String> text(String field) {
        return present(hit.path(field));
    }

    /** Whether the hit gives a reason why it must not be counted; an empty one, 0 and false are none. */
    boolean excluded() {
        return text("excluded")
                .filter(reason -> !reason.equals("0") && !reason.equals("false"))
                .isPresent();
    }

    /** The client's time, in milliseconds since the epoch. */
    OptionalLong clientTimeMs() {
        return hit.hasNonNull("time") ? OptionalLong.of(hit.path("time").asLong()) : OptionalLong.empty();
    }

    /** The items of a dimension as configured: a field's name, else the name of an entry of the map. */
    List<String> items(String dimension) {
        if (ProductNames.has(dimension)) {
            return ProductNames.of(text("products").orElse(""), dimension);
        }
        String entry = dimension.startsWith(MAP_ENTRY) ? dimension.substring(MAP_ENTRY.length()) : dimension;
        Optional<String> inMap = present(hit.path("dimensions").path(entry));
        Optional<String> item =
                dimension.startsWith(MAP_ENTRY) ? inMap : text(dimension).or(() -> inMap);
        return List.of(item.orElse(NO_ITEM));
    }

    private static Optional<String> present(JsonNode value) {
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asText()).filter(s -> !s.isEmpty())
                : Optional.empty();
    }
}
