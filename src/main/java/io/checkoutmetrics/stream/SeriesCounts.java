package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Counts;
import java.util.ArrayList;
import java.util.List;

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
     */
    record SliceCounts(long startMs, Counts counts, long lastCheckoutAtMs) {
        SliceCounts plus(SliceCounts other) {
            return new SliceCounts(
                    startMs, counts.plus(other.counts), Math.max(lastCheckoutAtMs, other.lastCheckoutAtMs));
        }

        void writeTo(BinaryWriter out) {
            out.number(startMs);
            CountsFormat.write(out, counts);
            out.number(lastCheckoutAtMs);
        }

        static SliceCounts readFrom(BinaryReader in) {
            return new SliceCounts(in.number(), CountsFormat.read(in), in.number());
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
