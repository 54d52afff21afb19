package io.checkoutmetrics.stream;

import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Slices of one series that wait for their time, in the order of time. Most come in that order. */
final class SlicesAhead {
    private static final Comparator<SliceCounts> BY_START = Comparator.comparingLong(SliceCounts::startMs);

    private final List<SliceCounts> waiting = new ArrayList<>();

    void add(SliceCounts slice) {
        int size = waiting.size();
        if (size == 0 || waiting.get(size - 1).startMs() < slice.startMs()) {
            waiting.add(slice);
            return;
        }
        int at = Collections.binarySearch(waiting, slice, BY_START);
        if (at >= 0) {
            waiting.set(at, waiting.get(at).plus(slice));
        } else {
            waiting.add(-at - 1, slice);
        }
    }

    /** Start of the first. */
    OptionalLong firstMs() {
        return waiting.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.get(0).startMs());
    }

    /** Takes out those that start before {@code timeMs}. */
    void takeBefore(long timeMs, Consumer<SliceCounts> taker) {
        int taken = 0;
        while (taken < waiting.size() && waiting.get(taken).startMs() < timeMs) {
            taker.accept(waiting.get(taken++));
        }
        waiting.subList(0, taken).clear();
    }

    int size() {
        return waiting.size();
    }

    void writeTo(BinaryWriter out) {
        out.number(waiting.size());
        waiting.forEach(slice -> slice.writeTo(out));
    }

    static SlicesAhead readFrom(BinaryReader in) {
        SlicesAhead ahead = new SlicesAhead();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            ahead.add(SliceCounts.readFrom(in));
        }
        return ahead;
    }
}
