package io.checkoutmetrics.bench.workload;

import java.time.Instant;

/**
 * What one drain works off. The same parameters make the same hits, byte for byte.
 *
 * @param hits how many
 * @param seconds of event time they are spread over, evenly
 * @param seed of everything random in them
 * @param traffic what they are like
 */
public record Workload(long hits, long seconds, long seed, Traffic traffic) {
    public static final int PARTITIONS = 4;

    /** When the first hit is received, in milliseconds since the epoch: a full hour. */
    public static final long START_MS = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();

    public Workload {
        if (hits < 1 || seconds < 1) {
            throw new IllegalArgumentException("a workload has at least one hit and one second");
        }
    }

    /** The beginning of this one: as many hits as given, at the same pace. */
    public Workload first(long fewer) {
        return new Workload(fewer, Math.max(1, Math.round((double) seconds * fewer / hits)), seed, traffic);
    }

    public String topic() {
        return "hits-" + hits + "-" + seconds + "s-seed" + seed + traffic.slug() + "-v" + HitStream.VERSION;
    }

    /** When a hit is received. */
    long receivedMs(long index) {
        return START_MS + index * seconds * 1_000 / hits;
    }
}
