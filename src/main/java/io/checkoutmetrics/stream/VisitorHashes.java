package io.checkoutmetrics.stream;

import io.checkoutmetrics.visitor.Fingerprint;
import java.util.Arrays;

/** Who made some checkouts: of each a visitor's fingerprint and a visit's, where it has them. */
final class VisitorHashes {
    static final VisitorHashes NONE = new VisitorHashes(new long[0]);

    private static final int HAS_VISITORS = 1;
    private static final int HAS_VISITS = 2;

    /** A visitor, its visit, the next visitor and so on. */
    private final long[] pairs;

    private VisitorHashes(long[] pairs) {
        this.pairs = pairs;
    }

    /** Takes them as they come. */
    static final class Gathering {
        private long[] pairs = NONE.pairs;
        private int length;

        /** What neither of them is known of is left out. */
        void add(long visitor, long visit) {
            if (visitor == Fingerprint.NONE && visit == Fingerprint.NONE) {
                return;
            }
            if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, Math.max(2, 2 * length));
            }
            pairs[length++] = visitor;
            pairs[length++] = visit;
        }

        /** The last that is asked. */
        VisitorHashes all() {
            return length == 0
                    ? NONE
                    : new VisitorHashes(length == pairs.length ? pairs : Arrays.copyOf(pairs, length));
        }
    }

    int size() {
        return pairs.length / 2;
    }

    long visitor(int index) {
        return pairs[2 * index];
    }

    long visit(int index) {
        return pairs[2 * index + 1];
    }

    VisitorHashes plus(VisitorHashes others) {
        if (pairs.length == 0) {
            return others;
        }
        long[] all = Arrays.copyOf(pairs, pairs.length + others.pairs.length);
        System.arraycopy(others.pairs, 0, all, pairs.length, others.pairs.length);
        return new VisitorHashes(all);
    }

    /** Where no checkout has a visit, or none a visitor, that costs nothing. */
    void writeTo(BinaryWriter out) {
        int columns = columns(pairs, pairs.length);
        out.number((long) size() << 2 | columns);
        for (int i = 0; i < pairs.length; i++) {
            if (isThere(columns, i)) {
                out.fixed(pairs[i]);
            }
        }
    }

    static VisitorHashes readFrom(BinaryReader in) {
        long first = in.number();
        long[] pairs = new long[Math.toIntExact(first >> 2) * 2];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = isThere((int) first, i) ? in.fixed() : Fingerprint.NONE;
        }
        return pairs.length == 0 ? NONE : new VisitorHashes(pairs);
    }

    private static int columns(long[] pairs, int length) {
        int columns = 0;
        for (int i = 0; i < length; i += 2) {
            columns |= pairs[i] == Fingerprint.NONE ? 0 : HAS_VISITORS;
            columns |= pairs[i + 1] == Fingerprint.NONE ? 0 : HAS_VISITS;
        }
        return columns;
    }

    private static boolean isThere(int columns, int index) {
        return (columns & (index % 2 == 0 ? HAS_VISITORS : HAS_VISITS)) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VisitorHashes hashes && Arrays.equals(pairs, hashes.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    @Override
    public String toString() {
        return "VisitorHashes" + Arrays.toString(pairs);
    }
}
