package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Visitors;
import io.checkoutmetrics.window.RollingSum;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Who made the checkouts of one series. Of nearly all series there are few checkouts: then the log of them is all there is, and
 * is gone through for each answer. When it is full most of it is {@linkplain FoldedVisitors folded}, and what is in the windows
 * is {@linkplain VisitorsInWindows kept united}.
 */
final class SeriesVisitors {
    static final byte[] NOTHING = {};
    private static final int BYTES_OF_ENTRY = 24;

    /** Of a log that is less full all is gone through for each answer: that takes no memory, and little time. */
    private static final int FULL_ENOUGH = 4;

    private final Bytes series;
    private final VisitorStore store;
    private final SlicePlan plan;
    private final VisitorLog log;
    private final FoldedVisitors folded;
    private final VisitorsInWindows inWindows;

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
        BinaryReader in = new BinaryReader(end);
        if (in.hasMore() && in.fixed() == store.generation()) {
            newestMs = in.number();
            folded = new FoldedVisitors(series, store, in.tag() != 0);
            firstStoredPage = in.number();
            endOfStoredPages = in.number();
            log = readLog(in);
        } else {
            folded = new FoldedVisitors(series, store, false);
            log = new VisitorLog(store.pageSize(), 0);
        }
        inWindows = new VisitorsInWindows(plan, log, folded);
    }

    private VisitorLog readLog(BinaryReader lastPage) {
        VisitorLog stored = new VisitorLog(store.pageSize(), firstStoredPage);
        if (store.readPages(series, firstStoredPage, endOfStoredPages, stored)) {
            stored.readPage(lastPage);
            return stored;
        }
        // two stores are written to: without transactions they may be of different times after a crash
        store.isUnknownBefore(newestMs + plan.sliceMs());
        return new VisitorLog(store.pageSize(), endOfStoredPages);
    }

    /**
     * Takes who made the checkouts of a slice. What matters then is kept.
     *
     * @param sliceMs start of the slice, of the width that counts arrive in
     * @param windowsAsOfMs windows are not asked for as of any moment before
     * @param openAsOfMs intervals that are open then are asked for
     */
    void add(long sliceMs, VisitorHashes hashes, long windowsAsOfMs, long openAsOfMs) {
        for (int i = 0; i < hashes.size(); i++) {
            if (log.size() >= store.mostLogged()) {
                makeRoom(plan.oldestShown(windowsAsOfMs, openAsOfMs));
            }
            log.add(sliceMs, hashes.visitor(i), hashes.visit(i));
            newestMs = Math.max(newestMs, sliceMs);
        }
    }

    /** @param oldestMs see {@link SlicePlan#oldestShown} */
    private void makeRoom(long[] oldestMs) {
        int past = store.inWholeRows(
                log.firstPage(), log.pagesBefore(Arrays.stream(oldestMs).min().orElseThrow()));
        if (past > 0) {
            log.drop(past);
            return;
        }
        int older = store.inWholeRows(log.firstPage(), log.size() / store.pageSize() * 3 / 4);
        folded.take(log, older * store.pageSize(), oldestMs);
        log.drop(older);
    }

    /** Of each window as of a moment; it holds the checkouts that its sum says. */
    List<Visitors> inWindows(List<RollingSum> sums, long asOfMs) {
        long[] startsMs = VisitorsInWindows.startsMs(plan.windows(), asOfMs);
        boolean isBusy = folded.areThere() || log.size() > store.mostLogged() / FULL_ENOUGH;
        return isBusy ? united(sums, startsMs) : logged(sums, startsMs);
    }

    private List<Visitors> united(List<RollingSum> sums, long[] startsMs) {
        DistinctVisitors[] distinct = inWindows.from(startsMs);
        Visitors[] all = new Visitors[startsMs.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = visitors(startsMs[i], sums.get(i).current().checkouts(), distinct[i]);
        }
        return List.of(all);
    }

    private List<Visitors> logged(List<RollingSum> sums, long[] startsMs) {
        DistinctVisitors distinct = store.emptyFor(log.size());
        Visitors[] all = new Visitors[startsMs.length];
        long toMs = Long.MAX_VALUE;
        for (int i : VisitorsInWindows.latestFirst(startsMs)) {
            log.addTo(distinct, startsMs[i], toMs);
            all[i] = visitors(startsMs[i], sums.get(i).current().checkouts(), distinct);
            toMs = startsMs[i];
        }
        return List.of(all);
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

    /** Of an interval {@code [startMs, endMs)} that is about to be closed, with so many checkouts. */
    Visitors inInterval(long startMs, long endMs, long checkouts) {
        if (!isKnown(startMs, checkouts)) {
            return Visitors.UNKNOWN;
        }
        DistinctVisitors distinct = folded.areThere()
                ? folded.slice(plan.kindOfInterval(startMs, endMs), startMs)
                : store.emptyFor(checkouts);
        log.addTo(distinct, startMs, endMs);
        return distinct.of(checkouts);
    }

    /** About how many bytes it takes on the heap. */
    int heapBytes() {
        return BYTES_OF_ENTRY * log.size() + inWindows.heapBytes();
    }

    /**
     * Writes to the store what fills pages. To be called before each commit.
     *
     * @return all the rest, to be stored with the series itself, which changes whenever this does
     */
    byte[] writeBehind() {
        long endOfDropped = Math.min(log.firstPage(), endOfStoredPages);
        if (firstStoredPage < endOfDropped) {
            store.deletePages(series, firstStoredPage, endOfDropped);
        }
        firstStoredPage = log.firstPage();
        endOfStoredPages = Math.max(endOfStoredPages, firstStoredPage);
        int fullPages = log.size() / store.pageSize();
        store.writePages(series, log, endOfStoredPages, firstStoredPage + fullPages);
        endOfStoredPages = firstStoredPage + fullPages;
        BinaryWriter end = new BinaryWriter().fixed(store.generation()).number(newestMs);
        end.tag(folded.areThere() ? 1 : 0).number(firstStoredPage).number(endOfStoredPages);
        log.writePage(fullPages, end);
        return end.toBytes();
    }
}
