package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Counts;

/**
 * {@link Counts} as bytes, in the stores and on the internal topics. Nearly all checkouts are one increment each, and
 * only totals have hits: then one number says all.
 */
final class CountsFormat {
    private static final int HAS_INCREMENTS = 1;
    private static final int HAS_HITS = 2;

    private CountsFormat() {}

    static void write(BinaryWriter out, Counts counts) {
        boolean hasIncrements = counts.increments() != counts.checkouts();
        boolean hasHits = counts.hits() != 0;
        out.number(counts.checkouts() << 2 | (hasIncrements ? HAS_INCREMENTS : 0) | (hasHits ? HAS_HITS : 0));
        if (hasIncrements) {
            out.number(counts.increments());
        }
        if (hasHits) {
            out.number(counts.hits());
        }
    }

    static Counts read(BinaryReader in) {
        long first = in.number();
        long checkouts = first >> 2;
        long increments = (first & HAS_INCREMENTS) != 0 ? in.number() : checkouts;
        long hits = (first & HAS_HITS) != 0 ? in.number() : 0;
        return new Counts(checkouts, increments, hits);
    }
}
