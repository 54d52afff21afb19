package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Counts;
import java.util.ArrayList;
import java.util.List;

/**
 * What to add to the slices of one series; the record's key says which.
 *
 * @param lastCheckoutAtMs event time of the newest checkout among them, or {@link #NO_CHECKOUT}
 */
record SeriesCounts(long lastCheckoutAtMs, List<SliceCounts> slices) implements ToRoll {
    static final long NO_CHECKOUT = -1;

    record SliceCounts(long startMs, Counts counts) {}

    SeriesCounts {
        slices = List.copyOf(slices);
    }

    void writeTo(BinaryWriter out) {
        out.number(lastCheckoutAtMs).number(slices.size());
        for (SliceCounts slice : slices) {
            out.number(slice.startMs);
            CountsFormat.write(out, slice.counts);
        }
    }

    static SeriesCounts readFrom(BinaryReader in) {
        long lastCheckoutAtMs = in.number();
        int size = in.count();
        List<SliceCounts> slices = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            slices.add(new SliceCounts(in.number(), CountsFormat.read(in)));
        }
        return new SeriesCounts(lastCheckoutAtMs, slices);
    }
}
