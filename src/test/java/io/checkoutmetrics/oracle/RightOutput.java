package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A made-up input with all that can come, of four partitions, four report suites, two dimensions and two lengths of
 * intervals, and what a job publishes about it that makes no mistake: what controls spoil.
 */
final class RightOutput {
    static final int PARTITIONS = 4;
    static final Rules RULES = Rules.of(Map.of("intervals", "1m,1h", "visitors", "true"));

    private static final String[] UNREADABLE = {"bad_frame", "unknown_schema", "truncated", "malformed"};

    private RightOutput() {}

    /** Sorted by partition and offset. Offsets have gaps, as where transactions end. */
    static List<Arrival> hits(int number) {
        Map<Integer, List<Arrival>> partitions = new TreeMap<>();
        int count = 0;
        for (Arrival hit : JsonLines.hits(Timelines.hits(7, number))) {
            int partition = Math.floorMod(hit.hit().path("visitorId").asText().hashCode(), PARTITIONS);
            List<Arrival> before = partitions.computeIfAbsent(partition, first -> new ArrayList<>());
            before.add(Arrival.of(partition, offset(before), hit.recordTimeMs(), hit.hit()));
            if (count % 20 == 0) {
                before.add(unreadable(partition, offset(before), hit.recordTimeMs(), count));
            }
            if (count % 30 == 0) {
                before.add(longId(partition, offset(before), hit.recordTimeMs(), count, "first"));
                before.add(longId(partition, offset(before), hit.recordTimeMs(), count, "second"));
            }
            count++;
        }
        return partitions.values().stream().flatMap(List::stream).toList();
    }

    private static long offset(List<Arrival> before) {
        return before.size() + before.size() / 10;
    }

    private static Arrival unreadable(int partition, long offset, long recordTimeMs, int count) {
        ObjectNode hit = JsonNodeFactory.instance.objectNode().put("events", "scCheckout");
        int kind = count / 20 % (UNREADABLE.length + 2);
        if (kind < UNREADABLE.length) {
            return Arrival.unreadable(partition, offset, recordTimeMs, UNREADABLE[kind]);
        }
        return Arrival.of(
                partition,
                offset,
                recordTimeMs,
                kind == UNREADABLE.length
                        ? hit.put("reportSuite", "")
                        : hit.put("reportSuite", "eu-shop").put("events", "scCheckout," + "e".repeat(64 * 1024)));
    }

    /** The ID's first 20 bytes alone matter. */
    private static Arrival longId(int partition, long offset, long recordTimeMs, int count, String rest) {
        ObjectNode hit = JsonNodeFactory.instance
                .objectNode()
                .put("reportSuite", "eu-shop")
                .put("events", "scCheckout:" + String.format("id%018d", count) + rest)
                .put("hitId", count + rest);
        return Arrival.of(partition, offset, recordTimeMs, hit);
    }

    /** Records of the topic of finals, with their keys and partitions. */
    static List<Published> published(List<ObjectNode> finals) {
        List<Published> records = new ArrayList<>();
        for (ObjectNode json : finals) {
            List<String> series = new ArrayList<>();
            for (String field : List.of("reportSuite", "dimension", "item")) {
                series.add(json.path(field).asText());
            }
            String key = key(series.get(1).isEmpty() ? series.subList(0, 1) : series);
            records.add(new Published(Math.floorMod(key.hashCode(), PARTITIONS), records.size(), key, json));
        }
        return records;
    }

    private static String key(List<String> parts) {
        try {
            return new ObjectMapper().writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The job's counters of each partition. */
    static List<ObjectNode> counters(Recount.Finals finals) {
        List<ObjectNode> counters = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            counters.add(JsonNodeFactory.instance.objectNode());
        }
        for (Recount.Verdict verdict : finals.verdicts()) {
            ObjectNode of = counters.get(verdict.arrival().partition());
            count(of, "hits_read");
            count(of, verdict.counter());
            if (verdict.outcome().isDeadLettered()) {
                count(of, "dead_lettered");
            } else if (verdict.outcome() == Outcome.COUNTED || verdict.outcome() == Outcome.DUPLICATE) {
                count(of, "checkouts_seen");
            }
        }
        return counters;
    }

    private static void count(ObjectNode counters, String name) {
        counters.put(name, counters.path(name).asLong() + 1);
    }
}
