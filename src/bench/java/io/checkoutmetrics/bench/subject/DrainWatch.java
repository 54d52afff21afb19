package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.process.ProcessUse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Watches a drain: looks ten times a second how far it is and what the process has used. Begins with the first hit, and
 * ends when it is told that everything is committed.
 */
final class DrainWatch {
    private static final long FIRST_HIT_NANOS = 1_000_000;
    private static final long SAMPLE_NANOS = 100_000_000;

    private record Sample(long nanos, long hits, double cpuSeconds) {}

    private final long hits;
    private final LongSupplier drained;
    private final List<Sample> samples = new ArrayList<>();
    private final Thread sampler = new Thread(this::sample, "drain-watch");
    private volatile boolean over;

    private DrainWatch(long hits, LongSupplier drained) {
        this.hits = hits;
        this.drained = drained;
        sampler.setDaemon(true);
    }

    /**
     * @param hits how many there are
     * @param drained how many were taken so far; asked from another thread
     */
    static DrainWatch start(long hits, LongSupplier drained) {
        DrainWatch watch = new DrainWatch(hits, drained);
        watch.sampler.start();
        return watch;
    }

    private void sample() {
        while (drained.getAsLong() == 0 && !over) {
            LockSupport.parkNanos(FIRST_HIT_NANOS);
        }
        while (!over) {
            look();
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
    }

    private void look() {
        samples.add(new Sample(System.nanoTime(), drained.getAsLong(), ProcessUse.cpuSeconds()));
    }

    /** Waits until all hits are taken. @throws IllegalStateException when that takes too long */
    void awaitAllTaken(java.time.Duration most) {
        long untilNanos = System.nanoTime() + most.toNanos();
        while (drained.getAsLong() < hits) {
            if (System.nanoTime() > untilNanos) {
                throw new IllegalStateException("only " + drained.getAsLong() + " of " + hits + " hits were taken");
            }
            LockSupport.parkNanos(10 * FIRST_HIT_NANOS);
        }
    }

    /** Everything is committed. */
    Drained committed() throws InterruptedException {
        over = true;
        LockSupport.unpark(sampler);
        sampler.join();
        look();
        if (drained.getAsLong() != hits) {
            throw new IllegalStateException(drained.getAsLong() + " hits were taken instead of " + hits);
        }
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        Sample half = atHalf();
        return new Drained(
                hits,
                seconds(first, last),
                seconds(half, last),
                last.cpuSeconds - first.cpuSeconds,
                last.cpuSeconds - half.cpuSeconds,
                last.cpuSeconds,
                ProcessUse.peakResidentBytes(),
                SentBytes.NONE);
    }

    /** Between the two samples around the middle. */
    private Sample atHalf() {
        long middle = hits / 2;
        Sample before = samples.get(0);
        for (Sample after : samples) {
            if (after.hits >= middle) {
                long distance = after.hits - before.hits;
                double part = distance == 0 ? 0 : Math.max(0, (double) (middle - before.hits) / distance);
                return new Sample(
                        before.nanos + Math.round(part * (after.nanos - before.nanos)),
                        middle,
                        before.cpuSeconds + part * (after.cpuSeconds - before.cpuSeconds));
            }
            before = after;
        }
        throw new IllegalStateException("the middle was not reached");
    }

    private static double seconds(Sample from, Sample to) {
        return (to.nanos - from.nanos) / 1e9;
    }
}
