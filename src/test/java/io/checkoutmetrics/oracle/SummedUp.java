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

    private static final Set<String> BESIDE = Set.of("(none)", "(invalid)", ITEM);

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

    /** Items of dimensions with too many as one, of whose visitors nothing is said: one may have come by two items. */
    private List<ObjectNode> together(List<ObjectNode> finals) {
        List<ObjectNode> together = new ArrayList<>();
        Map<Interval, ObjectNode> sums = new HashMap<>();
        for (ObjectNode json : finals) {
            if (!dimensions.contains(dimension(json))) {
                together.add(json);
                continue;
            }
            ObjectNode all =
                    json.deepCopy().put("item", "all").putNull("visitors").putNull("visits");
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
