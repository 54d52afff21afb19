package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One series in one interval {@code [start, end)}: what a final is about, without its numbers. In the order in which
 * finals are printed.
 *
 * @param dimension empty for the report suite's total, and so is {@code item}
 */
record Interval(Instant start, String suite, String dimension, String item, Instant end)
        implements Comparable<Interval> {

    private static final Comparator<Interval> PRINTED = Comparator.comparing(Interval::start)
            .thenComparing(Interval::suite)
            .thenComparing(Interval::dimension)
            .thenComparing(Interval::item)
            .thenComparing(Interval::end);

    /** The interval of the given length that holds a time, with days being those of UTC. */
    static Interval at(long timeMs, Duration length, String suite, String dimension, String item) {
        return at(timeMs, length, ZoneOffset.UTC, suite, dimension, item);
    }

    /** The interval of the given length that holds a time; as many days if the length is one of whole days. */
    static Interval at(long timeMs, Duration length, ZoneId zone, String suite, String dimension, String item) {
        if (LocalDays.areIn(length)) {
            LocalDays days = new LocalDays(zone);
            long many = length.toDays();
            long first = Math.floorDiv(days.dayAt(timeMs), many) * many;
            return between(days.start(first), days.start(first + many), suite, dimension, item);
        }
        long start = Math.floorDiv(timeMs, length.toMillis()) * length.toMillis();
        return between(start, start + length.toMillis(), suite, dimension, item);
    }

    private static Interval between(long startMs, long endMs, String suite, String dimension, String item) {
        return new Interval(Instant.ofEpochMilli(startMs), suite, dimension, item, Instant.ofEpochMilli(endMs));
    }

    /** What a final in its JSON form is about. */
    static Interval of(JsonNode json) {
        return new Interval(
                Instant.parse(json.path("start").asText()),
                json.path("reportSuite").asText(),
                json.path("dimension").asText(),
                json.path("item").asText(),
                Instant.parse(json.path("end").asText()));
    }

    /** The same of the report suite's total. */
    Interval total() {
        return new Interval(start, suite, "", "", end);
    }

    boolean isTotal() {
        return dimension.isEmpty();
    }

    ObjectNode json(Numbers numbers) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("reportSuite", suite)
                .put("dimension", dimension)
                .put("item", item)
                .put("start", start.toString())
                .put("end", end.toString())
                .put("checkouts", numbers.checkouts)
                .put("increments", numbers.increments);
        json.set("visitors", numbers.different(numbers.visitors));
        json.set("visits", numbers.different(numbers.visits));
        json.set("hits", isTotal() ? LongNode.valueOf(numbers.hits) : NullNode.getInstance());
        boolean hasCart = numbers.withCart && CartPrices.haveSum(dimension, item);
        return hasCart ? json.put("cartValue", numbers.cart.doubleValue()) : json.putNull("cartValue");
    }

    @Override
    public int compareTo(Interval other) {
        return PRINTED.compare(this, other);
    }

    /** The numbers of one interval, while they are counted. */
    static final class Numbers {
        long checkouts;
        long increments;
        long hits;
        BigDecimal cart = BigDecimal.ZERO;
        final boolean withCart;
        /** Different ones; null where they are not counted. */
        final @Nullable Set<String> visitors;

        final @Nullable Set<String> visits;

        Numbers(boolean withVisitors, boolean withCart) {
            this.withCart = withCart;
            visitors = withVisitors ? new HashSet<>() : null;
            visits = withVisitors ? new HashSet<>() : null;
        }

        /** Of no checkouts there are none; of checkouts none of which says who made it, nobody knows. */
        JsonNode different(@Nullable Set<String> ids) {
            return ids == null || ids.isEmpty() && checkouts > 0
                    ? NullNode.getInstance()
                    : LongNode.valueOf(ids.size());
        }
    }
}
