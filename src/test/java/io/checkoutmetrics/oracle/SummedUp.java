package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code items.max} leaves to the job: of a dimension that has more items, which of them count by themselves. All of
 * them together must be what the oracle counts in each interval, and none may have more. Everything else is exact.
 */
public final class SummedUp {
    /** What the job sums up under. */
    public static final String ITEM = "(low traffic)";

    private static final Set<String> BESIDE = Set.of("(none)", "(invalid)", "(more)", ITEM);

    private final Set<List<String>> dimensions = new HashSet<>();

    /** @param expected what every item must be if each counts by itself */
    public SummedUp(List<? extends JsonNode> expected, long itemsMax) {
        Map<List<String>, Set<String>> items = new HashMap<>();
        for (JsonNode json : expected) {
            if (!BESIDE.contains(item(json))) {
                items.computeIfAbsent(dimension(json), key -> new HashSet<>()).add(item(json));
            }
        }
        items.forEach((dimension, all) -> {
            if (!dimension.get(1).isEmpty() && all.size() > itemsMax) {
                dimensions.add(dimension);
            }
        });
    }

    private static List<String> dimension(JsonNode json) {
        return List.of(json.path("reportSuite").asText(), json.path("dimension").asText());
    }

    private static String item(JsonNode json) {
        return json.path("item").asText();
    }

    /** Report suites and dimensions that have too many items. */
    public Set<List<String>> dimensions() {
        return dimensions;
    }

    /** The differences of finals that have no order among them; see {@link Audit#compareUnordered}. */
    public List<String> compareUnordered(List<ObjectNode> expected, List<ObjectNode> actual) {
        List<String> differences = Audit.compareUnordered(together(expected), together(actual));
        differences.addAll(compareProducts(expected, actual));
        Map<Interval, Long> most = new HashMap<>();
        expected.forEach(
                json -> most.put(Interval.of(json), json.path("checkouts").asLong()));
        for (ObjectNode json : actual) {
            if (dimensions.contains(dimension(json))
                    && !item(json).equals(ITEM)
                    && json.path("checkouts").asLong() > most.getOrDefault(Interval.of(json), 0L)) {
                differences.add("more than there are: " + json);
            }
        }
        return differences;
    }

    /**
     * Of a checkout's products, several may be summed up, and count once then: all together are as many as the checkouts at
     * least, and as many as if each counted by itself at most.
     */
    private List<String> compareProducts(List<ObjectNode> expected, List<ObjectNode> actual) {
        Map<Interval, Long> totals = new HashMap<>();
        expected.forEach(
                json -> totals.put(Interval.of(json), json.path("checkouts").asLong()));
        Map<Interval, Long> most = sumsOfProducts(expected);
        Map<Interval, Long> sums = sumsOfProducts(actual);
        List<String> differences = new ArrayList<>();
        most.forEach((interval, atMost) -> {
            long atLeast = totals.getOrDefault(interval.total(), 0L);
            long sum = sums.getOrDefault(interval, 0L);
            if (sum < atLeast || sum > atMost) {
                differences.add("all of " + interval + " must be " + atLeast + " to " + atMost + " but are " + sum);
            }
        });
        return differences;
    }

    private Map<Interval, Long> sumsOfProducts(List<ObjectNode> finals) {
        Map<Interval, Long> sums = new HashMap<>();
        for (ObjectNode json : finals) {
            if (isOfProducts(json)) {
                sums.merge(Interval.of(all(json)), json.path("checkouts").asLong(), Long::sum);
            }
        }
        return sums;
    }

    private boolean isOfProducts(JsonNode json) {
        return dimensions.contains(dimension(json))
                && ProductNames.has(json.path("dimension").asText());
    }

    private static ObjectNode all(ObjectNode json) {
        return json.deepCopy()
                .put("item", "all")
                .putNull("visitors")
                .putNull("visits")
                .putNull("cartValue");
    }

    /**
     * Items of dimensions with too many as one, of whose visitors nothing is said: one may have come by two items. Products
     * are left out, but for those that always count by themselves.
     */
    private List<ObjectNode> together(List<ObjectNode> finals) {
        List<ObjectNode> together = new ArrayList<>();
        Map<Interval, ObjectNode> sums = new HashMap<>();
        for (ObjectNode json : finals) {
            if (!dimensions.contains(dimension(json))) {
                together.add(json);
                continue;
            }
            if (isOfProducts(json)) {
                if (BESIDE.contains(item(json)) && !item(json).equals(ITEM)) {
                    together.add(json);
                }
                continue;
            }
            ObjectNode all = all(json);
            ObjectNode sum = sums.get(Interval.of(all));
            if (sum == null) {
                sums.put(Interval.of(all), all);
                together.add(all);
            } else {
                add("checkouts", json, sum);
                add("increments", json, sum);
            }
        }
        return together;
    }

    private static void add(String field, JsonNode json, ObjectNode sum) {
        sum.put(field, sum.path(field).asLong() + json.path(field).asLong());
    }
}
