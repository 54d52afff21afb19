package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Counts;
import java.util.Arrays;
import java.util.OptionalLong;

/** What was counted for one series in slices of one kind, by the starts of the slices; those without counts are left out. */
final class SliceHistory {
    /** Takes one slice. */
    interface Taker {
        void take(long startMs, Counts counts);
    }

    private static final int FEW = 4;

    private long[] startsMs = new long[FEW];
    private Counts[] counts = new Counts[FEW];
    private int size;

    int size() {
        return size;
    }

    void add(long startMs, Counts more) {
        int at = firstFrom(startMs);
        if (at < size && startsMs[at] == startMs) {
            counts[at] = counts[at].plus(more);
            return;
        }
        if (size == startsMs.length) {
            startsMs = Arrays.copyOf(startsMs, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(startsMs, at, startsMs, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        startsMs[at] = startMs;
        counts[at] = more;
        size++;
    }

    /** Sum of the slices that start in {@code [fromMs, toMs)}. */
    Counts sum(long fromMs, long toMs) {
        Counts sum = Counts.NONE;
        for (int i = firstFrom(fromMs); i < size && startsMs[i] < toMs; i++) {
            sum = sum.plus(counts[i]);
        }
        return sum;
    }

    boolean hasAny(long fromMs, long toMs) {
        int first = firstFrom(fromMs);
        return first < size && startsMs[first] < toMs;
    }

    /** Gives the slices that start in {@code [fromMs, toMs)}, in the order of time. */
    void forEach(long fromMs, long toMs, Taker taker) {
        for (int i = firstFrom(fromMs); i < size && startsMs[i] < toMs; i++) {
            taker.take(startsMs[i], counts[i]);
        }
    }

    /** Start of the first slice at or after {@code fromMs}. */
    OptionalLong startFrom(long fromMs) {
        int first = firstFrom(fromMs);
        return first < size ? OptionalLong.of(startsMs[first]) : OptionalLong.empty();
    }

    /** Start of the newest slice. */
    OptionalLong last() {
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(startsMs[size - 1]);
    }

    void forgetBefore(long startMs) {
        int forgotten = firstFrom(startMs);
        if (forgotten > 0) {
            System.arraycopy(startsMs, forgotten, startsMs, 0, size - forgotten);
            System.arraycopy(counts, forgotten, counts, 0, size - forgotten);
            Arrays.fill(counts, size - forgotten, size, null);
            size -= forgotten;
        }
    }

    private int firstFrom(long fromMs) {
        if (size == 0 || startsMs[size - 1] < fromMs) {
            return size; // most come in the order of time
        }
        if (startsMs[size - 1] == fromMs) {
            return size - 1; // or are more of the same slice
        }
        int found = Arrays.binarySearch(startsMs, 0, size, fromMs);
        return found >= 0 ? found : -found - 1;
    }

    void writeTo(BinaryWriter out) {
        out.number(size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            out.number(startsMs[i] - before);
            CountsFormat.write(out, counts[i]);
            before = startsMs[i];
        }
    }

    static SliceHistory readFrom(BinaryReader in) {
        SliceHistory history = new SliceHistory();
        int size = in.count();
        history.startsMs = new long[Math.max(FEW, size)];
        history.counts = new Counts[Math.max(FEW, size)];
        history.size = size;
        long startMs = 0;
        for (int i = 0; i < size; i++) {
            startMs += in.number();
            history.startsMs[i] = startMs;
            history.counts[i] = CountsFormat.read(in);
        }
        return history;
    }
}
