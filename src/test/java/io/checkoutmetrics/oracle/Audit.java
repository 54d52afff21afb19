package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what was published with what must have been. Differences are sentences; none means that all is right. {@link
 * Accounts} does so for what became of the hits.
 */
public final class Audit {
    /** More different visitors or visits than that are estimated. */
    private static final long MOST_EXACT = 1_000;

    /** Of the estimates' standard errors of 0.81 %, so that a right one is practically never outside. */
    private static final double FARTHEST_ESTIMATE = 0.04;

    private static final Comparator<JsonNode> AS_OF_REVISION = Comparator.<JsonNode, Instant>comparing(
                    json -> Instant.parse(json.path("asOf").asText()))
            .thenComparingLong(json -> json.path("revision").asLong());

    private Audit() {}

    /** The differences of finals that must be printed in order. */
    public static List<String> compare(List<? extends JsonNode> expected, List<? extends JsonNode> actual) {
        List<String> differences = compareUnordered(expected, actual);
        List<Interval> printed = new ArrayList<>();
        actual.forEach(json -> addReadable(json, printed, new ArrayList<>()));
        for (int i = 1; i < printed.size(); i++) {
            if (printed.get(i).compareTo(printed.get(i - 1)) < 0) {
                differences.add("not sorted: " + printed.get(i) + " after " + printed.get(i - 1));
            }
        }
        return differences;
    }

    /**
     * The differences of finals that have no order among them, such as those read from several partitions of a topic.
     */
    public static List<String> compareUnordered(List<? extends JsonNode> expected, List<? extends JsonNode> actual) {
        List<String> differences = new ArrayList<>();
        Map<Interval, List<JsonNode>> wanted = byInterval(expected, differences);
        Map<Interval, List<JsonNode>> published = byInterval(actual, differences);
        TreeSet<Interval> all = new TreeSet<>(wanted.keySet());
        all.addAll(published.keySet());
        for (Interval interval : all) {
            List<JsonNode> want = wanted.getOrDefault(interval, List.of());
            List<JsonNode> got = published.getOrDefault(interval, List.of());
            if (got.isEmpty()) {
                differences.add("missing: " + want.get(0));
            } else if (want.isEmpty()) {
                got.forEach(json -> differences.add("unexpected: " + json));
            } else {
                got.forEach(json -> compareFields(want.get(0), json, differences));
            }
            if (got.size() > 1) {
                differences.add("published " + got.size() + " times: " + interval);
            }
        }
        return differences;
    }

    /**
     * The differences of rolling records to the promise that (asOf, revision) strictly increases in each series.
     * Records of one series must be given in the order in which they were published; series may be mixed.
     */
    public static List<String> order(List<? extends JsonNode> rolling) {
        List<String> differences = new ArrayList<>();
        Map<List<String>, JsonNode> last = new HashMap<>();
        for (JsonNode json : rolling) {
            if (!isTime(json.path("asOf")) || !json.path("revision").isIntegralNumber()) {
                differences.add("no asOf or no revision: " + json);
                continue;
            }
            JsonNode before = last.put(series(json), json);
            if (before != null && AS_OF_REVISION.compare(before, json) >= 0) {
                differences.add("(asOf, revision) does not increase: " + json + " after " + before);
            }
        }
        return differences;
    }

    /**
     * The differences of the records' keys to the series in their values, to the letter: brokers and subscribers
     * compare the bytes of keys. All records of a series must be in one partition.
     */
    public static List<String> keys(List<Published> records) {
        List<String> differences = new ArrayList<>();
        Map<String, Integer> partitions = new HashMap<>();
        for (Published published : records) {
            ArrayNode key = JsonNodeFactory.instance.arrayNode();
            series(published.value()).forEach(key::add);
            if (!published.key().equals(key.toString())) {
                differences.add("wrong key: " + published);
            }
            int partition = partitions.computeIfAbsent(published.key(), first -> published.partition());
            if (partition != published.partition()) {
                differences.add("series in partition " + partition + " too: " + published);
            }
        }
        return differences;
    }

    /** The report suite alone for a total, as in the keys. */
    private static List<String> series(JsonNode json) {
        String suite = json.path("reportSuite").asText();
        String dimension = json.path("dimension").asText();
        return dimension.isEmpty()
                ? List.of(suite)
                : List.of(suite, dimension, json.path("item").asText());
    }

    /** Every field counts, also one that only one side has; a number is the same however many bytes hold it. */
    private static void compareFields(JsonNode want, JsonNode got, List<String> differences) {
        if (want.equals(got)) {
            return;
        }
        TreeSet<String> fields = new TreeSet<>();
        want.fieldNames().forEachRemaining(fields::add);
        got.fieldNames().forEachRemaining(fields::add);
        for (String field : fields) {
            String expected = want.has(field) ? want.get(field).toString() : "absent";
            String actual = got.has(field) ? got.get(field).toString() : "absent";
            if (!expected.equals(actual) && !isEstimate(field, want.path(field), got.path(field))) {
                differences.add("different " + field + ": expected " + expected + " but was " + actual + " in " + got);
            }
        }
    }

    private static boolean isEstimate(String field, JsonNode want, JsonNode got) {
        return (field.equals("visitors") || field.equals("visits"))
                && want.asLong() > MOST_EXACT
                && got.isIntegralNumber()
                && Math.abs(got.asLong() - want.asLong()) <= FARTHEST_ESTIMATE * want.asLong();
    }

    private static Map<Interval, List<JsonNode>> byInterval(List<? extends JsonNode> finals, List<String> differences) {
        Map<Interval, List<JsonNode>> byInterval = new TreeMap<>();
        for (JsonNode json : finals) {
            List<Interval> readable = new ArrayList<>();
            addReadable(json, readable, differences);
            readable.forEach(interval ->
                    byInterval.computeIfAbsent(interval, i -> new ArrayList<>()).add(json));
        }
        return byInterval;
    }

    private static boolean isTime(JsonNode json) {
        try {
            Instant.parse(json.asText());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void addReadable(JsonNode json, List<Interval> intervals, List<String> differences) {
        try {
            intervals.add(Interval.of(json));
        } catch (DateTimeException e) {
            differences.add("no interval: " + json);
        }
    }
}
