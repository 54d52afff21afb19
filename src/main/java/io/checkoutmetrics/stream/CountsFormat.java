package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.CartValue;
import io.checkoutmetrics.window.Counts;
import java.math.BigInteger;

/**
 * {@link Counts} as bytes, in the stores and on the internal topics. Nearly all checkouts are one increment each, and
 * only totals have hits: then one number says all. Where carts were looked at, their value follows, and the first number is
 * written as if it were negative.
 */
final class CountsFormat {
    private static final int HAS_INCREMENTS = 1;
    private static final int HAS_HITS = 2;

    private CountsFormat() {}

    static void write(BinaryWriter out, Counts counts) {
        boolean hasIncrements = counts.increments() != counts.checkouts();
        boolean hasHits = counts.hits() != 0;
        long first = counts.checkouts() << 2 | (hasIncrements ? HAS_INCREMENTS : 0) | (hasHits ? HAS_HITS : 0);
        out.number(counts.cart().isNone() ? first : ~first);
        if (hasIncrements) {
            out.number(counts.increments());
        }
        if (hasHits) {
            out.number(counts.hits());
        }
        if (!counts.cart().isNone()) {
            byte[] millionths = counts.cart().millionths().toByteArray();
            out.number(counts.cart().checkouts()).number(millionths.length).bytes(millionths);
        }
    }

    static Counts read(BinaryReader in) {
        long signed = in.number();
        long first = signed < 0 ? ~signed : signed;
        long checkouts = first >> 2;
        long increments = (first & HAS_INCREMENTS) != 0 ? in.number() : checkouts;
        long hits = (first & HAS_HITS) != 0 ? in.number() : 0;
        return new Counts(checkouts, increments, hits, signed < 0 ? readCart(in) : CartValue.NONE);
    }

    private static CartValue readCart(BinaryReader in) {
        long checkouts = in.number();
        return new CartValue(checkouts, new BigInteger(in.bytes(in.count())));
    }
}
