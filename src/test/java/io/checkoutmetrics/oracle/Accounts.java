package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Whether the job can account for every hit: its counters, by the names that the job gives them, and its dead letters.
 * Differences are sentences; none means that all is right.
 */
public final class Accounts {
    private static final Set<String> DEAD_LETTERED = new TreeSet<>(Outcome.UNREADABLE_REASONS);
    private static final Set<String> SEEN = Set.of(Outcome.COUNTED.counter(), Outcome.DUPLICATE.counter());
    private static final Set<String> ALL = new TreeSet<>();

    static {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.isDeadLettered() && outcome != Outcome.UNREADABLE) {
                DEAD_LETTERED.add(outcome.counter());
            }
        }
        DEAD_LETTERED.add("out_of_order"); // what the oracle refuses to judge, but the job must account for
        ALL.addAll(DEAD_LETTERED);
        ALL.addAll(SEEN);
        ALL.addAll(Set.of(Outcome.NOT_CHECKOUT.counter(), Outcome.EXCLUDED.counter()));
    }

    private Accounts() {}

    /**
     * The differences of the job's counters to what must have become of the hits.
     *
     * @param counters numbers by name, such as {@code counted} or {@code trailing_bytes}; one that is absent is 0,
     *     those that are no outcomes are left alone
     */
    public static List<String> outcomes(Recount.Finals expected, JsonNode counters) {
        return outcomes(expected, arrival -> true, counters);
    }

    /** The differences of each input partition's counters to what must have become of its hits. */
    public static List<String> outcomes(Recount.Finals expected, Map<Integer, ? extends JsonNode> byPartition) {
        TreeSet<Integer> partitions = new TreeSet<>(byPartition.keySet());
        expected.verdicts().forEach(verdict -> partitions.add(verdict.arrival().partition()));
        List<String> differences = new ArrayList<>();
        for (int partition : partitions) {
            JsonNode counters = byPartition.get(partition);
            outcomes(
                            expected,
                            arrival -> arrival.partition() == partition,
                            counters == null ? MissingNode.getInstance() : counters)
                    .forEach(difference -> differences.add("partition " + partition + ": " + difference));
        }
        return differences;
    }

    private static List<String> outcomes(Recount.Finals expected, Predicate<Arrival> among, JsonNode counters) {
        Map<String, Long> wanted = new TreeMap<>();
        ALL.forEach(counter -> wanted.put(counter, 0L));
        expected.verdicts().stream()
                .filter(verdict -> among.test(verdict.arrival()))
                .forEach(verdict -> wanted.merge(verdict.counter(), 1L, Long::sum));
        List<String> differences = new ArrayList<>();
        wanted.forEach((counter, hits) -> {
            long actual = counters.path(counter).asLong();
            if (actual != hits) {
                differences.add("different " + counter + ": expected " + hits + " but was " + actual);
            }
        });
        return differences;
    }

    /**
     * Whether no hit has disappeared between the counters, whatever the hits were: the hits read are the sum of all
     * outcomes, the dead letters that of their reasons, and the checkouts seen are counted or duplicates.
     */
    public static List<String> conservation(JsonNode counters) {
        List<String> differences = new ArrayList<>();
        mustBeSum("hits_read", ALL, counters, differences);
        mustBeSum("dead_lettered", DEAD_LETTERED, counters, differences);
        mustBeSum("checkouts_seen", SEEN, counters, differences);
        return differences;
    }

    private static void mustBeSum(String whole, Set<String> parts, JsonNode counters, List<String> differences) {
        long sum =
                parts.stream().mapToLong(part -> counters.path(part).asLong()).sum();
        if (counters.path(whole).asLong() != sum) {
            differences.add(whole + " is " + counters.path(whole).asLong() + " but " + parts + " are " + sum);
        }
    }

    /** The dead letters that there must be, one for each hit that cannot be counted. */
    public static List<DeadLetter> deadLetters(Recount.Finals expected) {
        return expected.verdicts().stream()
                .filter(verdict -> verdict.outcome().isDeadLettered())
                .map(verdict -> new DeadLetter(
                        verdict.arrival().partition(), verdict.arrival().offset(), verdict.counter()))
                .toList();
    }

    /** The differences of the dead letters to those that there must be, in any order. */
    public static List<String> deadLetters(Recount.Finals expected, List<DeadLetter> actual) {
        Map<DeadLetter, Long> wanted = times(deadLetters(expected));
        Map<DeadLetter, Long> there = times(actual);
        Set<DeadLetter> all = new LinkedHashSet<>(wanted.keySet());
        all.addAll(there.keySet());
        return all.stream()
                .filter(letter -> !Objects.equals(wanted.get(letter), there.get(letter)))
                .map(letter -> "expected " + wanted.getOrDefault(letter, 0L) + " times but was there "
                        + there.getOrDefault(letter, 0L) + " times: " + letter)
                .toList();
    }

    private static Map<DeadLetter, Long> times(List<DeadLetter> letters) {
        Map<DeadLetter, Long> times = new LinkedHashMap<>();
        letters.forEach(letter -> times.merge(letter, 1L, Long::sum));
        return times;
    }
}
