package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts hits again, by the rules alone. What the rules leave to the job is refused with an {@link
 * IllegalArgumentException} rather than guessed: checkouts whose record time goes back too far, and items that would be
 * cut. Every item counts by itself; what {@code items.max} makes of that is for {@link SummedUp}.
 */
public final class Recount {
    /** Of simultaneous hits, those without hit ID are judged first. */
    private static final Comparator<Judged.Checkout> JUDGED_IN = Comparator.comparing(
            Judged.Checkout::arrival,
            Comparator.comparingLong(Arrival::recordTimeMs)
                    .thenComparing(arrival -> arrival.text("hitId").orElse(""))
                    .thenComparingInt(Arrival::partition)
                    .thenComparingLong(Arrival::offset));

    private final Rules rules;
    private final List<Verdict> verdicts = new ArrayList<>();
    private final Map<String, Long> notes = new TreeMap<>();
    private final TreeMap<Interval, Interval.Numbers> intervals = new TreeMap<>();
    private final List<Counted> counted = new ArrayList<>();

    private Recount(Rules rules) {
        this.rules = rules;
    }

    /**
     * What the job must have published, and what must have become of the hits.
     *
     * @param intervals in the contract's JSON form, sorted by start, report suite, dimension, item and end
     * @param outcomes how many hits had each outcome; every outcome is there
     * @param notes hits by what else is to be said of them: {@code near_miss}, {@code invalid_event_id}, and the reason
     *     of each unreadable hit
     * @param verdicts what became of each hit, sorted by partition and offset
     */
    public record Finals(
            List<ObjectNode> intervals, Map<Outcome, Long> outcomes, Map<String, Long> notes, List<Verdict> verdicts) {

        /** The intervals that ended at or before a time, for a job that hasn't published the later ones yet. */
        public List<ObjectNode> endedBy(Instant time) {
            return intervals.stream()
                    .filter(json -> !Interval.of(json).end().isAfter(time))
                    .toList();
        }

        public long hitsRead() {
            return outcomes.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * A checkout that counts.
     *
     * @param items its items of each dimension
     * @param cart what its products cost together
     */
    public record Counted(
            String reportSuite,
            Map<String, List<String>> items,
            long eventTimeMs,
            long recordTimeMs,
            long increments,
            BigDecimal cart,
            Optional<String> visitor,
            Optional<String> visit) {}

    /** The checkouts that count, in the order in which they are judged. */
    public static List<Counted> counted(List<Arrival> arrivals, Rules rules) {
        Recount recount = new Recount(rules);
        recount.of(arrivals);
        return recount.counted;
    }

    /** Recounts all hits of the input, given in any order. */
    public static Finals finals(List<Arrival> arrivals, Rules rules) {
        return new Recount(rules).of(arrivals);
    }

    /**
     * What became of a hit.
     *
     * @param counter the one that it adds to: its outcome's, but the reason's where it is unreadable
     */
    public record Verdict(Arrival arrival, Outcome outcome, String counter) {}

    private Finals of(List<Arrival> arrivals) {
        List<Judged.Checkout> checkouts = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            Judged judged = Judged.of(arrival, rules);
            receive(arrival, judged);
            if (judged instanceof Judged.Refused refused) {
                verdicts.add(new Verdict(arrival, refused.outcome(), refused.reason()));
            } else if (judged instanceof Judged.Checkout checkout) {
                checkouts.add(checkout);
            }
        }
        Limits.check(arrivals, checkouts, rules);
        checkouts.sort(JUDGED_IN);
        CountedBefore before = new CountedBefore(rules);
        for (Judged.Checkout checkout : checkouts) {
            List<EventItem> items = before.count(checkout);
            Outcome outcome = items.isEmpty() ? Outcome.DUPLICATE : Outcome.COUNTED;
            verdicts.add(new Verdict(checkout.arrival(), outcome, outcome.counter()));
            if (!items.isEmpty()) {
                count(checkout, items);
            }
        }
        List<ObjectNode> json = new ArrayList<>();
        intervals.forEach((interval, numbers) -> json.add(interval.json(numbers)));
        verdicts.sort(Comparator.comparing(
                Verdict::arrival, Comparator.comparingInt(Arrival::partition).thenComparingLong(Arrival::offset)));
        return new Finals(json, outcomes(), notes, verdicts);
    }

    private Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
        verdicts.forEach(verdict -> outcomes.merge(verdict.outcome(), 1L, Long::sum));
        return outcomes;
    }

    /** A hit that can be read is a hit of its report suite at the time it was received, whatever becomes of it. */
    private void receive(Arrival arrival, Judged judged) {
        if (judged instanceof Judged.Refused refused && refused.outcome() == Outcome.UNREADABLE) {
            notes.merge(refused.reason(), 1L, Long::sum);
            return;
        }
        if (EventItem.hasNearMiss(arrival.events(), rules)) {
            notes.merge("near_miss", 1L, Long::sum);
        }
        if (EventItem.of(arrival.events(), rules).stream().anyMatch(EventItem::idRejected)) {
            notes.merge("invalid_event_id", 1L, Long::sum);
        }
        for (Duration length : rules.intervals()) {
            numbers(interval(arrival.recordTimeMs(), length, arrival.reportSuite(), "", "")).hits++;
        }
    }

    private void count(Judged.Checkout checkout, List<EventItem> counting) {
        Arrival arrival = checkout.arrival();
        long increments = 0;
        for (EventItem item : counting) {
            increments += item.increment() == null ? 0 : item.increment();
        }
        Map<String, List<String>> items = new TreeMap<>();
        rules.dimensions().forEach(dimension -> items.put(dimension, arrival.items(dimension)));
        Counted one = new Counted(
                arrival.reportSuite(),
                items,
                checkout.eventTimeMs(),
                arrival.recordTimeMs(),
                increments,
                CartPrices.of(arrival.text("products").orElse("")),
                arrival.text("visitorId"),
                arrival.text("visitId"));
        counted.add(one);
        for (Duration length : rules.intervals()) {
            String suite = arrival.reportSuite();
            add(interval(checkout.eventTimeMs(), length, suite, "", ""), one);
            items.forEach((dimension, all) ->
                    all.forEach(item -> add(interval(checkout.eventTimeMs(), length, suite, dimension, item), one)));
        }
    }

    private Interval interval(long timeMs, Duration length, String suite, String dimension, String item) {
        return Interval.at(timeMs, length, rules.intervalsZone(), suite, dimension, item);
    }

    private void add(Interval interval, Counted checkout) {
        Interval.Numbers numbers = numbers(interval);
        numbers.checkouts++;
        numbers.increments += checkout.increments;
        numbers.cart = numbers.cart.add(checkout.cart);
        if (numbers.visitors != null && numbers.visits != null) {
            checkout.visitor.ifPresent(numbers.visitors::add);
            checkout.visit.ifPresent(numbers.visits::add);
        }
    }

    private Interval.Numbers numbers(Interval interval) {
        return intervals.computeIfAbsent(interval, i -> new Interval.Numbers(rules.visitors(), rules.cartValue()));
    }
}
