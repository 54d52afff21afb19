package io.checkoutmetrics.bench.subject;

import java.util.function.LongSupplier;

/** How many hits a job of several stages is done with: what its first stage has read is not counted yet. */
final class Progress {
    private Progress() {}

    /**
     * As many hits as there are counted increments, in proportion.
     *
     * @param hits to read
     * @param read so far
     * @param increments to count
     * @param counted so far
     */
    static LongSupplier of(long hits, LongSupplier read, long increments, LongSupplier counted) {
        return () -> {
            long readNow = read.getAsLong();
            long done = increments == 0 ? readNow : Math.round((double) counted.getAsLong() / increments * hits);
            return Math.min(readNow, Math.max(1, done));
        };
    }
}
