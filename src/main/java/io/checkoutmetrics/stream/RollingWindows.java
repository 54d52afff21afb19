package io.checkoutmetrics.stream;

import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Counts;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rolling windows and open intervals of all series of a partition. Time moves for all of them together, and only
 * those are touched for which it changes anything; very many of them in portions, or one by one as something is added.
 */
final class RollingWindows {
    private final SlicePlan slicePlan;
    private final SeriesStore store;
    private final Agenda due;
    private final Agenda closing;
    private final ChangedSeries changed;
    private final ClosedTaker closed;

    /** Takes what was counted in an interval that is closed. */
    interface ClosedTaker {
        void take(RollingSeries series, long startMs, long endMs, Counts counts);
    }

    /**
     * @param index a store that need not survive the process
     * @param mostOnHeap so many entries of each of its parts are on the heap, 2 or more
     * @param closed takes the intervals of a series in the order in which they close
     */
    RollingWindows(
            SlicePlan plan, SeriesStore store, KeyValueStore<Bytes, byte[]> index, int mostOnHeap, ClosedTaker closed) {
        this.slicePlan = plan;
        this.store = store;
        this.closed = closed;
        due = new Agenda(new StoredKeys(index, 'd'), mostOnHeap, RollingSeries::dueMs, RollingSeries::setDueMs);
        closing = new Agenda(
                new StoredKeys(index, 'f'), mostOnHeap, RollingSeries::closingMs, RollingSeries::setClosingMs);
        changed = new ChangedSeries(new StoredKeys(index, 'h'), mostOnHeap);
        store.forEachStored(this::restore);
    }

    private void restore(RollingSeries series) {
        due.restore(series);
        closing.restore(series);
        if (series.telling().isChanged()) {
            changed.add(series.key());
        }
    }

    private void plan(RollingSeries series, long movedToMs, long closedToMs) {
        due.set(series, series.nextChangeMs(movedToMs));
        closing.set(series, series.slices().firstClosingAfter(closedToMs));
        if (series.telling().isChanged()) {
            changed.add(series.key());
        } else {
            changed.remove(series.key());
        }
    }

    /** As of when the sums hold; empty before time began. */
    OptionalLong asOfMs() {
        return store.asOfMs();
    }

    /** All before that is history, and nobody is told of how it went; see {@link #skipHistory}. */
    void isHistoryTo(long timeMs) {
        store.setHistoryToMs(timeMs);
    }

    /** Moves through history that windows have not been moved through yet; see {@link #moveTo}. */
    boolean skipHistory(BooleanSupplier mayGoOn) {
        return store.historyToMs() <= asOfMs().orElseThrow() || moveTo(store.historyToMs(), mayGoOn);
    }

    /** How many series have anything in their windows, or had it until a moment ago. */
    long liveSeries() {
        return due.size();
    }

    boolean hasChanges() {
        return !changed.isEmpty();
    }

    /**
     * Gives series that changed since they were given last, in the order of their keys. Those left over come first the next
     * time, however often the others change meanwhile.
     *
     * @param mayGoOn asked before each
     */
    void drainChanged(BooleanSupplier mayGoOn, Consumer<Bytes> taker) {
        changed.drain(mayGoOn, taker);
    }

    /**
     * Takes counts of a series: those of slices that time has come to are added at once, the others wait for their
     * time.
     */
    void add(Bytes key, SeriesCounts counts) {
        RollingSeries series = store.change(key);
        bringUp(series);
        OptionalLong asOf = asOfMs();
        boolean isNow = false;
        for (SliceCounts slice : counts.slices()) {
            if (asOf.isPresent() && slice.startMs() < asOf.getAsLong()) {
                series.add(slice, asOf.getAsLong());
                isNow = true;
            } else {
                series.addAhead(slice);
                due.bringForward(series, slice.startMs() + 1);
            }
        }
        if (counts.lowTraffic()) {
            series.besideLowTraffic(
                    counts.slices().get(counts.slices().size() - 1).startMs());
        }
        if (isNow) {
            plan(series, asOf.orElseThrow(), asOf.orElseThrow());
        }
    }

    /** Lets time begin, with the first slice there is or at {@code limitMs} if there is none before. */
    void begin(long limitMs) {
        OptionalLong firstDue = due.firstMs();
        store.setAsOfMs(firstDue.isPresent() ? Math.min(limitMs, firstDue.getAsLong() - 1) : limitMs);
    }

    /**
     * The next end of a window, after now and not after {@code limitMs}, at which there may be something to tell: a series
     * that has changed already, or one with slices that come into the window, leave it or are forgotten by then.
     */
    OptionalLong nextStop(long limitMs) {
        long afterMs = asOfMs().orElseThrow() + 1;
        if (!hasChanges()) {
            OptionalLong firstDue = due.firstMs();
            if (firstDue.isEmpty() || firstDue.getAsLong() > limitMs) {
                return OptionalLong.empty();
            }
            afterMs = Math.max(afterMs, firstDue.getAsLong());
        }
        long stop = slicePlan.windowEndFrom(afterMs);
        return stop <= limitMs ? OptionalLong.of(stop) : OptionalLong.empty();
    }

    /**
     * Moves time, and with it every window of every series; gives the intervals that close. Time never goes back. All
     * series are as of then for those who add to them; nothing can be told of them before they are all moved.
     *
     * @param mayGoOn asked before each series; if it says no, {@link #goOn} is to follow
     * @return whether all are moved
     */
    boolean moveTo(long toMs, BooleanSupplier mayGoOn) {
        store.beginMove(toMs);
        return goOn(mayGoOn);
    }

    /** Whether series are left that time has not been moved for. */
    boolean isMoving() {
        return store.movedFromMs().isPresent();
    }

    /** Goes on moving what is left; returns whether all are moved. */
    boolean goOn(BooleanSupplier mayGoOn) {
        while (isMoving()) {
            if (!mayGoOn.getAsBoolean()) {
                return false;
            }
            moveNext(asOfMs().orElseThrow());
        }
        return true;
    }

    /** Windows first: what they still need may be in an interval that closes. */
    private void moveNext(long toMs) {
        Agenda.Entry moved = due.takeUpTo(toMs);
        if (moved != null) {
            RollingSeries series = store.change(moved.key());
            due.taken(moved, series);
            move(series, toMs);
            return;
        }
        Agenda.Entry closes = closing.takeUpTo(toMs);
        if (closes != null) {
            RollingSeries series = store.change(closes.key());
            closing.taken(closes, series);
            close(series, closes.timeMs(), toMs);
            return;
        }
        store.endMove();
    }

    /** A series whose turn in a move has not come yet. */
    private void bringUp(RollingSeries series) {
        if (!isMoving()) {
            return;
        }
        long toMs = asOfMs().orElseThrow();
        if (series.dueMs() <= toMs) {
            move(series, toMs);
        }
        while (series.closingMs() <= toMs) {
            close(series, series.closingMs(), toMs);
        }
    }

    private void move(RollingSeries series, long toMs) {
        long fromMs = store.movedFromMs().orElseThrow();
        series.moveTo(toMs, fromMs);
        series.slices().forgetPast(toMs, fromMs);
        plan(series, toMs, fromMs);
    }

    private void close(RollingSeries series, long atMs, long asOfMs) {
        SeriesSlices slices = series.slices();
        slices.closing(atMs - 1, atMs, (startMs, endMs, counts) -> closed.take(series, startMs, endMs, counts));
        slices.forgetPast(asOfMs, atMs);
        closing.set(series, slices.firstClosingAfter(atMs));
    }

    /** Gives every interval that is still open, and forgets them all: nothing will come any more. */
    void closeAll() {
        long asOfMs = asOfMs().orElseThrow();
        long last = Agenda.NEVER - 1;
        for (Agenda.Entry next = closing.takeUpTo(last); next != null; next = closing.takeUpTo(last)) {
            RollingSeries series = store.change(next.key());
            closing.taken(next, series);
            close(series, next.timeMs(), asOfMs);
            if (series.closingMs() == Agenda.NEVER) {
                series.slices().forgetIntervals();
            }
        }
    }
}
