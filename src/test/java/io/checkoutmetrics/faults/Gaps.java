package io.checkoutmetrics.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When news of each report suite came: a total as of later than any before. A total that is repeated, to say that time
 * stands still, is none. Thread-safe.
 */
final class Gaps {
    private final Map<String, List<Long>> cameAtNanos = new HashMap<>();
    private final Map<String, Instant> newest = new HashMap<>();

    /** @param suites that have news all the time */
    Gaps(Collection<String> suites) {
        suites.forEach(suite -> cameAtNanos.put(suite, new ArrayList<>()));
    }

    /** @param atNanos by {@link System#nanoTime} */
    synchronized void came(String suite, Instant asOf, long atNanos) {
        Instant before = newest.getOrDefault(suite, Instant.MIN);
        List<Long> times = cameAtNanos.get(suite);
        if (times != null && asOf.isAfter(before)) {
            newest.put(suite, asOf);
            times.add(atNanos);
        }
    }

    /**
     * The longest time without news of a report suite, whichever it was, that ended after the first and began before the
     * second of these moments, or lasts.
     */
    synchronized Duration longest(long fromNanos, long toNanos) {
        return Duration.ofNanos(cameAtNanos.values().stream()
                .mapToLong(times -> longest(times, fromNanos, toNanos))
                .max()
                .orElse(0));
    }

    /** How long after that moment the last of the report suites had news again; until now, if one has none yet. */
    synchronized Duration untilNews(long fromNanos, long nowNanos) {
        return Duration.ofNanos(cameAtNanos.values().stream()
                .mapToLong(times -> times.stream()
                                .mapToLong(Long::longValue)
                                .filter(time -> time >= fromNanos)
                                .findFirst()
                                .orElse(nowNanos)
                        - fromNanos)
                .max()
                .orElse(0));
    }

    private static long longest(List<Long> times, long from, long to) {
        long last = times.isEmpty() || times.get(0) > from ? from : times.get(0);
        long longest = 0;
        for (long time : times) {
            if (time > from && last < to) {
                longest = Math.max(longest, time - last);
            }
            last = Math.max(last, time);
        }
        return last < to ? Math.max(longest, to - last) : longest;
    }
}
