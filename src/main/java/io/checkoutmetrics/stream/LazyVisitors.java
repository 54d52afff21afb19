package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Visitors;
import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.RollingSum;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The visitors of a series, read from their store when something is first added or asked; unknown where they are not counted. */
final class LazyVisitors {
    private final Bytes series;
    private final @Nullable VisitorStore store;
    private byte[] end;
    private @Nullable SeriesVisitors read;

    /**
     * @param store null: they are not counted
     * @param end what is stored of them with the series itself
     */
    LazyVisitors(Bytes series, @Nullable VisitorStore store, byte[] end) {
        this.series = series;
        this.store = store;
        this.end = end;
    }

    private SeriesVisitors read(VisitorStore from) {
        SeriesVisitors known = read;
        if (known == null) {
            known = new SeriesVisitors(series, from, end);
            read = known;
        }
        return known;
    }

    /** See {@link SeriesVisitors#add}. */
    void add(SliceCounts slice, long windowsAsOfMs, long openAsOfMs) {
        VisitorHashes hashes = slice.visitors();
        if (store == null) {
            return;
        }
        if (hashes == null) {
            store.isUnknownBefore(slice.startMs() + store.plan().sliceMs());
        } else if (hashes.size() > 0) {
            read(store).add(slice.startMs(), hashes, windowsAsOfMs, openAsOfMs);
        }
    }

    /** Of each window as of a moment; it holds the checkouts that its sum says. */
    List<Visitors> inWindows(List<RollingSum> sums, long asOfMs) {
        if (store == null) {
            return Collections.nCopies(sums.size(), Visitors.UNKNOWN);
        }
        return areEmpty(sums)
                ? Collections.nCopies(sums.size(), Visitors.NONE)
                : read(store).inWindows(sums, asOfMs);
    }

    private static boolean areEmpty(List<RollingSum> sums) {
        for (RollingSum sum : sums) {
            if (sum.current().checkouts() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Of an interval {@code [startMs, endMs)} that is about to be closed, with so many checkouts. */
    Visitors inInterval(long startMs, long endMs, long checkouts) {
        if (store == null) {
            return Visitors.UNKNOWN;
        }
        return checkouts == 0 ? Visitors.NONE : read(store).inInterval(startMs, endMs, checkouts);
    }

    /** To be called before each commit. */
    void writeBehind() {
        if (read != null) {
            end = read.writeBehind();
        }
    }

    /** What is to be stored with the series itself, as of the last time they were written. */
    byte[] end() {
        return store == null ? SeriesVisitors.NOTHING : end;
    }

    /** Nothing is known of the series any more. */
    void forget() {
        if (store != null && (read != null || end.length > 0)) {
            store.forget(series);
        }
    }

    /** About how many bytes of the heap they take. */
    int heapBytes() {
        return read == null ? 0 : read.heapBytes();
    }
}
