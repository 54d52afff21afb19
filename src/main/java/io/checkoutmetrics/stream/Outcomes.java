package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the hits this instance read. Every hit has one outcome:
 *
 * <pre>
 *   hits_read      = not_checkout + excluded + dead_lettered + checkouts_seen
 *   checkouts_seen = counted + duplicate          (once the second stage has judged them)
 *   dead_lettered  = the sum over all reasons
 *   excluded       = the sum of excluded.* over all {@link #exclusions()}
 * </pre>
 *
 * {@code near_miss} and {@code invalid_event_id} are remarks on hits that have an outcome besides. The counters start
 * at zero with the process, and after a crash they count again what is processed again; the published numbers don't.
 * Thread-safe.
 */
public final class Outcomes {
    /** Of hits that have an outcome besides. */
    static final String AHEAD_OF_CLOCK = "hits_ahead_of_clock";

    private static final String OTHER = "other";

    /** Columns by which a data feed says that a hit does not count; their values, as in {@code hit_source=5}, don't matter. */
    private static final List<String> EXCLUSIONS =
            List.of("exclude_hit", "customer_perspective", "hit_source", "duplicate_purchase", OTHER);

    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

    void notCheckout(long hits) {
        add("hits_read", hits);
        add("not_checkout", hits);
    }

    void nearMiss() {
        add("near_miss");
    }

    void excluded(String why) {
        add("hits_read");
        add("excluded");
        add(exclusion(kindOf(why)));
    }

    private static String kindOf(String why) {
        for (String kind : EXCLUSIONS) {
            if (why.startsWith(kind) && (why.length() == kind.length() || why.charAt(kind.length()) == '=')) {
                return kind;
            }
        }
        boolean isColumnsValue = !why.isEmpty() && why.chars().allMatch(Character::isDigit);
        return isColumnsValue ? EXCLUSIONS.get(0) : OTHER; // fields.excluded=exclude_hit
    }

    /** Why hits are excluded, as far as it is told apart: whoever writes hits may give any reason, the rest is {@code other}. */
    public static List<String> exclusions() {
        return EXCLUSIONS;
    }

    /** The counter's name of such a reason. */
    public static String exclusion(String kind) {
        return "excluded." + kind;
    }

    void deadLettered(Reason reason) {
        add("hits_read");
        add("dead_lettered");
        add(reason.text());
    }

    void checkoutSeen(boolean nearMiss, int invalidEventIds) {
        add("hits_read");
        add("checkouts_seen");
        if (nearMiss) {
            nearMiss();
        }
        if (invalidEventIds > 0) {
            add("invalid_event_id", invalidEventIds);
        }
    }

    /**
     * Hits came so much out of order that the finals of the time they were received are out: they are missing in their
     * {@code hits}.
     */
    void hitsAfterClose(long hits) {
        add("hits_after_close", hits);
    }

    /** Hits and checkouts of a series that raises no alerts, since too many others do. */
    void unwatched(long events) {
        add("unwatched", events);
    }

    /** Hits that by their records will be received only later: they are in no number, their checkouts dead letters. */
    void hitsAheadOfClock(long hits) {
        add(AHEAD_OF_CLOCK, hits);
    }

    void counted() {
        add("counted");
    }

    void duplicate() {
        add("duplicate");
    }

    private void add(String name) {
        add(name, 1);
    }

    private void add(String name, long count) {
        LongAdder counter = counters.get(name);
        if (counter == null) {
            counter = counters.computeIfAbsent(name, absent -> new LongAdder());
        }
        counter.add(count);
    }

    /** The counter now; 0 when nothing was counted under that name. */
    public long get(String name) {
        LongAdder counter = counters.get(name);
        return counter == null ? 0 : counter.sum();
    }

    /** All counters by name; the main terms of the equations are there even when zero. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        for (String term : new String[] {
            "hits_read", "not_checkout", "excluded", "dead_lettered", "checkouts_seen", "counted", "duplicate"
        }) {
            snapshot.put(term, 0L);
        }
        counters.forEach((name, counter) -> snapshot.put(name, counter.sum()));
        return snapshot;
    }
}
