package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Visitors;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Who made the checkouts of one series. Of nearly all series there are few checkouts: then the log of them is all there is, and
 * is gone through for each answer. When it is full most of it is folded into slices, of every kind that
 * still matters then, that are stored as {@link DistinctVisitors}. A running sum cannot deduct visitors, so what is in a window
 * of a busy series is united from slices and log when it has moved, and added to until it moves again.
 */
final class SeriesVisitors {
    static final byte[] NOTHING = {};
    private static final int BYTES_OF_ENTRY = 24;

    /** Of a log that is less full all is gone through for each answer: that takes no memory, and little time. */
    private static final int FULL_ENOUGH = 4;

    /** What is in a window that starts then, of all entries of the log before one. */
    private static final class Shown {
        private final long startMs;
        private final DistinctVisitors visitors = new DistinctVisitors();
        private long nextEntry;

        Shown(long startMs, long nextEntry) {
            this.startMs = startMs;
            this.nextEntry = nextEntry;
        }
    }

    private record Slice(int kind, long startMs) {}

    private final Bytes series;
    private final VisitorStore store;
    private final SlicePlan plan;
    private final VisitorLog log;
    private final @Nullable Shown[] shown;
    /** By kind: the slices before that are forgotten. */
    private final long[] forgottenToMs;

    private boolean isFolded;
    private long newestMs;
    private long firstStoredPage;
    private long endOfStoredPages;

    /**
     * As it was stored, or a new one.
     *
     * @param end what {@link #writeBehind()} gave, or {@link #NOTHING}
     */
    SeriesVisitors(Bytes series, VisitorStore store, byte[] end) {
        this.series = series;
        this.store = store;
        this.plan = store.plan();
        this.shown = new @Nullable Shown[plan.windows().size()];
        this.forgottenToMs = new long[plan.kinds().size()];
        BinaryReader in = new BinaryReader(end);
        if (!in.hasMore() || in.fixed() != store.generation()) {
            log = new VisitorLog(store.pageSize(), 0);
            return;
        }
        newestMs = in.number();
        isFolded = in.tag() != 0;
        firstStoredPage = in.number();
        endOfStoredPages = in.number();
        VisitorLog stored = new VisitorLog(store.pageSize(), firstStoredPage);
        if (store.readPages(series, firstStoredPage, endOfStoredPages, stored)) {
            stored.readPage(in);
            log = stored;
        } else { // two stores are written to: without transactions they may be of different times after a crash
            store.isUnknownBefore(newestMs + plan.sliceMs());
            log = new VisitorLog(store.pageSize(), endOfStoredPages);
        }
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
            newestMs = Math.max(newestMs, sliceMs);
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
        int older = Math.max(1, store.mostLogged() / store.pageSize() * 3 / 4);
        fold(older * store.pageSize(), asOfMs);
        log.drop(older);
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
        return isFolded || log.size() > store.mostLogged() / FULL_ENOUGH
                ? united(sums, startsMs)
                : logged(sums, startsMs);
    }

    /** All windows last until now, so what is in one is in each that started before it, too. */
    private List<Visitors> logged(List<RollingSum> sums, long[] startsMs) {
        DistinctVisitors distinct = new DistinctVisitors(log.size());
        Visitors[] all = new Visitors[startsMs.length];
        long toMs = Long.MAX_VALUE;
        for (int i : latestFirst(startsMs)) {
            log.addTo(distinct, startsMs[i], toMs);
            all[i] = visitors(startsMs[i], sums.get(i).current().checkouts(), distinct);
            toMs = startsMs[i];
        }
        return List.of(all);
    }

    private static int[] latestFirst(long[] timesMs) {
        return IntStream.range(0, timesMs.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> -timesMs[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private List<Visitors> united(List<RollingSum> sums, long[] startsMs) {
        List<Visitors> all = new ArrayList<>(startsMs.length);
        for (int i = 0; i < startsMs.length; i++) {
            long checkouts = sums.get(i).current().checkouts();
            all.add(checkouts == 0 ? Visitors.NONE : visitors(startsMs[i], checkouts, united(i, startsMs[i])));
        }
        return all;
    }

    private boolean isKnown(long fromMs, long checkouts) {
        return checkouts == 0 || fromMs >= store.sinceMs();
    }

    private Visitors visitors(long fromMs, long checkouts, DistinctVisitors distinct) {
        if (checkouts == 0) {
            return Visitors.NONE;
        }
        return isKnown(fromMs, checkouts) ? distinct.of(checkouts) : Visitors.UNKNOWN;
    }

    /** All in the window that starts then, up to now. */
    private DistinctVisitors united(int window, long startMs) {
        Shown known = shown[window];
        if (known == null || known.startMs != startMs || known.nextEntry < log.firstEntry()) {
            known = new Shown(startMs, log.firstEntry());
            shown[window] = known;
            if (isFolded) {
                store.forEachSliceFrom(series, plan.kindOfWindow(window), startMs, known.visitors::add);
            }
        }
        int from = (int) (known.nextEntry - log.firstEntry());
        for (int i = from; i < log.size(); i++) {
            if (log.sliceMs(i) >= startMs) {
                known.visitors.add(log.visitor(i), log.visit(i));
            }
        }
        known.nextEntry = log.firstEntry() + log.size();
        return known.visitors;
    }

    /** Of an interval {@code [startMs, endMs)} that is about to be closed, with so many checkouts. */
    Visitors inInterval(long startMs, long endMs, long checkouts) {
        if (!isKnown(startMs, checkouts)) {
            return Visitors.UNKNOWN;
        }
        DistinctVisitors distinct = isFolded
                ? stored(new Slice(plan.kindOfInterval(startMs, endMs), startMs))
                : new DistinctVisitors(checkouts);
        log.addTo(distinct, startMs, endMs);
        return distinct.of(checkouts);
    }

    /** About how many bytes it takes on the heap. */
    int heapBytes() {
        int bytes = BYTES_OF_ENTRY * log.size();
        for (Shown window : shown) {
            bytes += window == null ? 0 : window.visitors.heapBytes();
        }
        return bytes;
    }

    /**
     * Writes to the store what fills pages. To be called before each commit.
     *
     * @return all the rest, to be stored with the series itself, which changes whenever this does
     */
    byte[] writeBehind() {
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
        BinaryWriter end = new BinaryWriter().fixed(store.generation()).number(newestMs);
        end.tag(isFolded ? 1 : 0).number(firstStoredPage).number(endOfStoredPages);
        log.writePage(fullPages, end);
        return end.toBytes();
    }
}
