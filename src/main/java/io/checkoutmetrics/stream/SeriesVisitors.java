package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Visitors;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Who made the checkouts of one series. Of nearly all series there are few checkouts: then the log of them is all there is, and
 * is gone through for each answer. When it is full its older half is folded into slices, of every kind that
 * still matters then, that are stored as {@link DistinctVisitors}. A running sum cannot deduct visitors, so what is in a window
 * is united from its slices when it has moved, and added to until it moves again.
 */
final class SeriesVisitors {
    private static final int BYTES_OF_ENTRY = 24;

    private static final class Shown {
        private long startMs = Long.MAX_VALUE;
        private DistinctVisitors visitors = new DistinctVisitors();
    }

    private record Slice(int kind, long startMs) {}

    private final Bytes series;
    private final VisitorStore store;
    private final SlicePlan plan;
    private final VisitorLog log;
    private final List<Shown> shown = new ArrayList<>();
    /** By kind: the slices before that are forgotten. */
    private final long[] forgottenToMs;

    private boolean isFolded;
    private boolean isChanged;
    private long firstStoredPage;
    private long endOfStoredPages;

    /** As it was stored, or a new one. */
    SeriesVisitors(Bytes series, VisitorStore store) {
        this.series = series;
        this.store = store;
        this.plan = store.plan();
        this.forgottenToMs = new long[plan.kinds().size()];
        byte[] end = store.end(series);
        if (end == null) {
            log = new VisitorLog(store.pageSize(), 0);
            return;
        }
        BinaryReader in = new BinaryReader(end);
        firstStoredPage = in.number();
        endOfStoredPages = in.number();
        isFolded = in.tag() != 0;
        log = new VisitorLog(store.pageSize(), firstStoredPage);
        for (long page = firstStoredPage; page < endOfStoredPages; page++) {
            log.readPage(new BinaryReader(store.page(series, page)));
        }
        log.readPage(in);
    }

    /**
     * Takes who made the checkouts of a slice.
     *
     * @param sliceMs start of the slice, of the width that counts arrive in
     * @param asOfMs what matters then is kept
     */
    void add(long sliceMs, VisitorHashes hashes, long asOfMs) {
        if (sliceMs < oldestShown(asOfMs)) {
            return;
        }
        for (int i = 0; i < hashes.size(); i++) {
            if (log.size() >= store.mostLogged()) {
                makeRoom(asOfMs);
            }
            log.add(sliceMs, hashes.visitor(i), hashes.visit(i));
            for (Shown window : shown) {
                if (sliceMs >= window.startMs) {
                    window.visitors.add(hashes.visitor(i), hashes.visit(i));
                }
            }
            isChanged = true;
        }
    }

    private long oldestShown(long asOfMs) {
        long oldest = Long.MAX_VALUE;
        for (SlicePlan.Kind kind : plan.kinds()) {
            oldest = Math.min(oldest, kind.oldestShown(asOfMs));
        }
        return oldest;
    }

    private void makeRoom(long asOfMs) {
        int past = log.pagesBefore(oldestShown(asOfMs));
        if (past > 0) {
            log.drop(past);
            return;
        }
        int olderHalf = Math.max(1, store.mostLogged() / store.pageSize() / 2);
        fold(olderHalf * store.pageSize(), asOfMs);
        log.drop(olderHalf);
    }

    private void fold(int entries, long asOfMs) {
        Map<Slice, DistinctVisitors> slices = new HashMap<>();
        for (int kind = 0; kind < forgottenToMs.length; kind++) {
            long oldestMs = plan.kinds().get(kind).oldestShown(asOfMs);
            for (int i = 0; i < entries; i++) {
                if (log.sliceMs(i) >= oldestMs) {
                    Slice slice =
                            new Slice(kind, plan.kinds().get(kind).slices().startOf(log.sliceMs(i)));
                    slices.computeIfAbsent(slice, this::stored).add(log.visitor(i), log.visit(i));
                }
            }
            if (isFolded && oldestMs > forgottenToMs[kind]) {
                store.forgetSlices(series, kind, forgottenToMs[kind], oldestMs);
                forgottenToMs[kind] = oldestMs;
            }
        }
        slices.forEach((slice, distinct) -> store.putSlice(series, slice.kind, slice.startMs, distinct.toBytes()));
        isFolded = true;
    }

    private DistinctVisitors stored(Slice slice) {
        DistinctVisitors distinct = new DistinctVisitors();
        byte[] bytes = isFolded ? store.slice(series, slice.kind, slice.startMs) : null;
        if (bytes != null) {
            distinct.add(bytes);
        }
        return distinct;
    }

    /** Of each window as of a moment; it holds the checkouts that its sum says. */
    List<Visitors> inWindows(List<RollingSum> sums, long asOfMs) {
        long[] startsMs = new long[sums.size()];
        for (int i = 0; i < startsMs.length; i++) {
            Window window = plan.windows().get(i);
            startsMs[i] = window.endAsOf(asOfMs) - window.sizeMs();
        }
        List<Visitors> all = new ArrayList<>(startsMs.length);
        if (isFolded) {
            for (int i = 0; i < startsMs.length; i++) {
                long checkouts = sums.get(i).current().checkouts();
                all.add(visitors(startsMs[i], checkouts, checkouts == 0 ? null : united(i, startsMs[i])));
            }
            return all;
        }
        long[] visitors = log.visitorsSince(startsMs);
        long[] visits = log.visitsSince(startsMs);
        for (int i = 0; i < startsMs.length; i++) {
            long checkouts = sums.get(i).current().checkouts();
            all.add(
                    isKnown(startsMs[i], checkouts)
                            ? Visitors.of(checkouts, visitors[i], visits[i])
                            : Visitors.UNKNOWN);
        }
        return all;
    }

    private boolean isKnown(long fromMs, long checkouts) {
        return checkouts == 0 || fromMs >= store.sinceMs();
    }

    private Visitors visitors(long fromMs, long checkouts, @Nullable DistinctVisitors distinct) {
        if (distinct == null) {
            return Visitors.NONE;
        }
        return isKnown(fromMs, checkouts) ? distinct.of(checkouts) : Visitors.UNKNOWN;
    }

    /** All in the window that starts then, up to now. */
    private DistinctVisitors united(int window, long startMs) {
        while (shown.size() <= window) {
            shown.add(new Shown());
        }
        Shown known = shown.get(window);
        if (known.startMs != startMs) {
            known.startMs = startMs;
            known.visitors = new DistinctVisitors();
            store.forEachSliceFrom(series, plan.kindOfWindow(window), startMs, known.visitors::add);
            addLogged(known.visitors, startMs, Long.MAX_VALUE);
        }
        return known.visitors;
    }

    private void addLogged(DistinctVisitors distinct, long fromMs, long toMs) {
        for (int i = 0; i < log.size(); i++) {
            if (log.sliceMs(i) >= fromMs && log.sliceMs(i) < toMs) {
                distinct.add(log.visitor(i), log.visit(i));
            }
        }
    }

    /** Of an interval {@code [startMs, endMs)} that is about to be closed, with so many checkouts. */
    Visitors inInterval(long startMs, long endMs, long checkouts) {
        if (!isKnown(startMs, checkouts)) {
            return Visitors.UNKNOWN;
        }
        DistinctVisitors distinct = new DistinctVisitors();
        if (isFolded) {
            distinct = stored(new Slice(plan.kindOfInterval(startMs, endMs), startMs));
        }
        addLogged(distinct, startMs, endMs);
        return distinct.of(checkouts);
    }

    /** About how many bytes it takes on the heap. */
    int heapBytes() {
        int bytes = BYTES_OF_ENTRY * log.size();
        for (Shown window : shown) {
            bytes += window.visitors.heapBytes();
        }
        return bytes;
    }

    /** To be called before each commit. */
    void writeBehind() {
        if (!isChanged) {
            return;
        }
        isChanged = false;
        for (; firstStoredPage < Math.min(log.firstPage(), endOfStoredPages); firstStoredPage++) {
            store.deletePage(series, firstStoredPage);
        }
        firstStoredPage = log.firstPage();
        endOfStoredPages = Math.max(endOfStoredPages, firstStoredPage);
        int fullPages = log.size() / store.pageSize();
        for (; endOfStoredPages < firstStoredPage + fullPages; endOfStoredPages++) {
            BinaryWriter page = new BinaryWriter();
            log.writePage((int) (endOfStoredPages - firstStoredPage), page);
            store.putPage(series, endOfStoredPages, page.toBytes());
        }
        BinaryWriter end = new BinaryWriter().number(firstStoredPage).number(endOfStoredPages);
        log.writePage(fullPages, end.tag(isFolded ? 1 : 0));
        store.putEnd(series, end.toBytes());
    }
}
