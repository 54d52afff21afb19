package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Counts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to add to the slices of one series.
 *
 * @param lowTraffic whether items of its dimension are being summed up, this one or others
 */
record SeriesCounts(List<SliceCounts> slices, boolean lowTraffic) {
    static final long NO_CHECKOUT = -1;

    /**
     * @param startMs start of the slice, one common slice wide
     * @param lastCheckoutAtMs event time of the newest checkout among them, or {@link #NO_CHECKOUT}
     * @param visitors who made the checkouts; null where there are any and that was not looked at
     */
    record SliceCounts(
            long startMs,
            Counts counts,
            long lastCheckoutAtMs,
            @Nullable VisitorHashes visitors) {
        /** Of hits alone, or of checkouts whose visitors were not looked at. */
        SliceCounts(long startMs, Counts counts, long lastCheckoutAtMs) {
            this(startMs, counts, lastCheckoutAtMs, counts.checkouts() == 0 ? VisitorHashes.NONE : null);
        }

        SliceCounts plus(SliceCounts other) {
            return new SliceCounts(
                    startMs,
                    counts.plus(other.counts),
                    Math.max(lastCheckoutAtMs, other.lastCheckoutAtMs),
                    visitors == null || other.visitors == null ? null : visitors.plus(other.visitors));
        }

        /** How many bytes it is longer than others by its visitors. */
        int bytesOfVisitors() {
            return visitors == null ? 0 : 2 * Long.BYTES * visitors.size();
        }

        /** What is written as if it were before 1970 has visitors. */
        void writeTo(BinaryWriter out) {
            VisitorHashes hashes = counts.checkouts() > 0 ? visitors : null;
            out.number(hashes != null ? ~startMs : startMs);
            CountsFormat.write(out, counts);
            out.number(lastCheckoutAtMs);
            if (hashes != null) {
                hashes.writeTo(out);
            }
        }

        static SliceCounts readFrom(BinaryReader in) {
            long start = in.number();
            return start < 0
                    ? new SliceCounts(~start, CountsFormat.read(in), in.number(), VisitorHashes.readFrom(in))
                    : new SliceCounts(start, CountsFormat.read(in), in.number());
        }
    }

    SeriesCounts {
        slices = List.copyOf(slices);
    }

    SeriesCounts(List<SliceCounts> slices) {
        this(slices, false);
    }

    /** The same, of a dimension whose items are being summed up. */
    SeriesCounts besideLowTraffic() {
        return new SeriesCounts(slices, true);
    }

    void writeTo(BinaryWriter out) {
        out.number(lowTraffic ? ~slices.size() : slices.size());
        slices.forEach(slice -> slice.writeTo(out));
    }

    static SeriesCounts readFrom(BinaryReader in) {
        int count = in.count();
        int size = count < 0 ? ~count : count;
        List<SliceCounts> slices = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            slices.add(SliceCounts.readFrom(in));
        }
        return new SeriesCounts(slices, count < 0);
    }
}
