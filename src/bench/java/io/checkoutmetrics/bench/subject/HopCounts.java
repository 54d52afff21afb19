package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.bench.workload.Workload;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a peer counted in its windows of one hour that slide by ten seconds, by when hits were received: over all series
 * of a report suite. Thread-safe.
 */
final class HopCounts {
    static final Duration SIZE = Duration.ofHours(1);
    static final Duration SLIDE = Duration.ofSeconds(10);

    private record Hop(String suite, long startMs) {}

    private final Map<Hop, AtomicLong> counts = new ConcurrentHashMap<>();

    /** Adds the count of one series in one window. */
    void add(String key, long startMs, long count) {
        counts.computeIfAbsent(new Hop(CountedSeries.suite(key), startMs), hop -> new AtomicLong())
                .addAndGet(count);
    }

    /** Whether the window that ends then is complete. */
    boolean isComplete(long endMs, Truth truth, CountedSeries series) {
        long startMs = endMs - SIZE.toMillis();
        return truth.suites().entrySet().stream()
                .allMatch(suite -> found(suite.getKey(), startMs)
                        == series.perCheckout() * suite.getValue().receivedBetween(startMs, endMs));
    }

    /**
     * Compares every window that ends at or before {@code lastEndMs}.
     *
     * @throws IllegalStateException where a count is not right
     */
    void check(long lastEndMs, Truth truth, CountedSeries series) {
        long firstEndMs = Workload.START_MS + SLIDE.toMillis();
        truth.suites().forEach((name, suite) -> {
            for (long endMs = firstEndMs; endMs <= lastEndMs; endMs += SLIDE.toMillis()) {
                long startMs = endMs - SIZE.toMillis();
                Checks.equal(
                        name + " in the hour from " + startMs,
                        series.perCheckout() * suite.receivedBetween(startMs, endMs),
                        found(name, startMs));
            }
        });
    }

    private long found(String suite, long startMs) {
        AtomicLong count = counts.get(new Hop(suite, startMs));
        return count == null ? 0 : count.get();
    }

    /** Where the last window that holds any hit ends. */
    static long lastEndMs(Truth truth) {
        long slideMs = SLIDE.toMillis();
        long endMs = Workload.START_MS + truth.workload().seconds() * 1_000;
        return Math.floorDiv(endMs - 1, slideMs) * slideMs + SIZE.toMillis();
    }

    /** Where the last window ends that is surely over when all hits of all partitions were seen. */
    static long lastOverMs(Truth truth) {
        long slideMs = SLIDE.toMillis();
        long endMs = Workload.START_MS + truth.workload().seconds() * 1_000;
        return Math.floorDiv(endMs - 1_000, slideMs) * slideMs;
    }
}
