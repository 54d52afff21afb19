package io.checkoutmetrics.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From sending a checkout to seeing a count with it: the k-th checkout of a report suite is seen with the first count
 * of at least k. Thread-safe.
 */
final class Latencies {
    private final long fromNanos;
    private final long toNanos;
    private final Map<String, List<Long>> sentNanos = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final List<Long> latencies = new ArrayList<>();

    /** Of checkouts that are sent in {@code [fromNanos, toNanos)} of {@link System#nanoTime()}. */
    Latencies(long fromNanos, long toNanos) {
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
    }

    synchronized void sending(String suite) {
        sentNanos.computeIfAbsent(suite, name -> new ArrayList<>()).add(System.nanoTime());
    }

    /** @throws IllegalStateException when more was counted than was sent */
    synchronized void counted(String suite, long count) {
        long nowNanos = System.nanoTime();
        List<Long> sent = sentNanos.getOrDefault(suite, List.of());
        if (count > sent.size()) {
            throw new IllegalStateException(suite + ": counted " + count + ", sent " + sent.size());
        }
        for (int k = seen.getOrDefault(suite, 0); k < count; k++) {
            if (sent.get(k) - fromNanos >= 0 && sent.get(k) - toNanos < 0) {
                latencies.add(nowNanos - sent.get(k));
            }
        }
        seen.merge(suite, (int) count, Math::max);
    }

    /** Whether every checkout has been counted. */
    synchronized boolean isComplete() {
        return sentNanos.entrySet().stream()
                .allMatch(suite -> suite.getValue().size() == seen.getOrDefault(suite.getKey(), 0));
    }

    synchronized Percentiles percentiles(double hitsPerSecond) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("no checkout was measured");
        }
        return new Percentiles(
                hitsPerSecond, sorted.length, ms(sorted, 0.5), ms(sorted, 0.99), ms(sorted, 0.999), ms(sorted, 1));
    }

    private static double ms(long[] sorted, double part) {
        int index = (int) Math.ceil(part * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }

    /**
     * In milliseconds.
     *
     * @param hitsPerSecond that were sent
     * @param checkouts that were measured
     */
    record Percentiles(double hitsPerSecond, int checkouts, double p50, double p99, double p999, double max) {
        /** The median of each figure. */
        static Percentiles median(List<Percentiles> runs) {
            return new Percentiles(
                    Median.of(runs, Percentiles::hitsPerSecond),
                    Arrays.stream(runs.toArray(new Percentiles[0]))
                            .mapToInt(Percentiles::checkouts)
                            .sum(),
                    Median.of(runs, Percentiles::p50),
                    Median.of(runs, Percentiles::p99),
                    Median.of(runs, Percentiles::p999),
                    Median.of(runs, Percentiles::max));
        }
    }
}
