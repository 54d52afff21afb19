package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Counts;

/** {@link Counts} as bytes, in the stores and on the internal topics. */
final class CountsFormat {
    private CountsFormat() {}

    static void write(BinaryWriter out, Counts counts) {
        out.number(counts.checkouts()).number(counts.increments()).number(counts.hits());
    }

    static Counts read(BinaryReader in) {
        return new Counts(in.number(), in.number(), in.number());
    }

    static byte[] toBytes(Counts counts) {
        BinaryWriter out = new BinaryWriter();
        write(out, counts);
        return out.toBytes();
    }
}
