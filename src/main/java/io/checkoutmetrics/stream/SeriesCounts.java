package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Counts;
import java.util.ArrayList;
import java.util.List;

/** What to add to the slices of one series. */
record SeriesCounts(List<SliceCounts> slices) {
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

    void writeTo(BinaryWriter out) {
        out.number(slices.size());
        slices.forEach(slice -> slice.writeTo(out));
    }

    static SeriesCounts readFrom(BinaryReader in) {
        int size = in.count();
        List<SliceCounts> slices = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            slices.add(SliceCounts.readFrom(in));
        }
        return new SeriesCounts(slices);
    }
}
