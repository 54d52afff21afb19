package io.checkoutmetrics.registry;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Schema IDs that the registry did not know a moment ago, each remembered for {@code timeToLive}; of more than {@code
 * capacity}, the ones used least recently are forgotten. Keeps a stream of records with unknown IDs from becoming a
 * stream of requests. Thread-safe.
 */
final class UnknownIds {
    private final LruCache<Integer, Long> untilNanos;
    private final long timeToLiveNanos;
    private final LongSupplier nanoTime;

    UnknownIds(int capacity, Duration timeToLive, LongSupplier nanoTime) {
        this.untilNanos = new LruCache<>(capacity);
        this.timeToLiveNanos = timeToLive.toNanos();
        this.nanoTime = nanoTime;
    }

    void add(int id) {
        untilNanos.put(id, nanoTime.getAsLong() + timeToLiveNanos);
    }

    boolean contains(int id) {
        Long until = untilNanos.get(id);
        if (until == null) {
            return false;
        }
        if (nanoTime.getAsLong() - until < 0) {
            return true;
        }
        untilNanos.remove(id);
        return false;
    }

    void remove(int id) {
        untilNanos.remove(id);
    }

    int size() {
        return untilNanos.size();
    }
}
