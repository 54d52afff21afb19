package io.checkoutmetrics.stream;

import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Counts;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The rolling windows and open intervals of all series of a partition. Time moves for all of them together, and only
 * those are touched for which it changes anything.
 */
final class RollingWindows {
    private final SlicePlan slicePlan;
    private final SeriesStore store;
    private final Agenda due = new Agenda();
    private final Agenda closing = new Agenda();
    private final TreeSet<Bytes> changed = new TreeSet<>();
    private @Nullable Bytes lastGiven;

    RollingWindows(SlicePlan plan, SeriesStore store) {
        this.slicePlan = plan;
        this.store = store;
        store.forEachStored(this::plan);
    }

    private void plan(RollingSeries series) {
        plan(series, asOfMs().orElse(0));
    }

    private void plan(RollingSeries series, long movedToMs) {
        due.set(series.key(), series.dueMs(movedToMs));
        closing.set(series.key(), series.slices().firstClosingAfter(asOfMs().orElse(0)));
        if (series.isChanged()) {
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

    /** Moves through history that windows have not been moved through yet. */
    void skipHistory(ClosedTaker closed) {
        if (store.historyToMs() > asOfMs().orElseThrow()) {
            moveTo(store.historyToMs(), closed);
        }
    }

    /** How many series have anything in their windows, or had it until a moment ago. */
    int liveSeries() {
        return due.size();
    }

    boolean hasChanges() {
        return !changed.isEmpty();
    }

    /**
     * Gives series that changed since they were given last, at most so many, in the order of their keys. Those left over
     * come first the next time, however often the others change meanwhile.
     */
    void drainChanged(int most, Consumer<Bytes> taker) {
        for (int i = 0; i < most && !changed.isEmpty(); i++) {
            Bytes next = lastGiven == null ? null : changed.higher(lastGiven);
            lastGiven = next == null ? changed.first() : next;
            changed.remove(lastGiven);
            taker.accept(lastGiven);
        }
        if (changed.isEmpty()) {
            lastGiven = null;
        }
    }

    /**
     * Takes counts of a series: those of slices that time has come to are added at once, the others wait for their
     * time.
     */
    void add(Bytes key, SeriesCounts counts) {
        RollingSeries series = store.change(key);
        OptionalLong asOf = asOfMs();
        for (SliceCounts slice : counts.slices()) {
            if (asOf.isPresent() && slice.startMs() < asOf.getAsLong()) {
                series.add(slice, asOf.getAsLong());
            } else {
                series.addAhead(slice);
            }
        }
        plan(series);
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

    /** Takes what was counted in an interval that is closed. */
    interface ClosedTaker {
        void take(RollingSeries series, long startMs, long endMs, Counts counts);
    }

    /**
     * Moves time, and with it every window of every series; gives the intervals that close, in the order in which they
     * do, then of series. Time never goes back.
     */
    void moveTo(long toMs, ClosedTaker closed) {
        long fromMs = asOfMs().orElseThrow();
        for (Agenda.Entry next = due.takeUpTo(toMs); next != null; next = due.takeUpTo(toMs)) {
            RollingSeries series = store.change(next.key());
            series.moveTo(toMs, fromMs);
            series.slices().forgetPast(toMs, fromMs);
            plan(series, toMs);
        }
        close(toMs, toMs, closed);
        store.setAsOfMs(toMs);
    }

    private void close(long toMs, long asOfMs, ClosedTaker closed) {
        for (Agenda.Entry next = closing.takeUpTo(toMs); next != null; next = closing.takeUpTo(toMs)) {
            long atMs = next.timeMs();
            RollingSeries series = store.change(next.key());
            SeriesSlices slices = series.slices();
            slices.closing(atMs - 1, atMs, (startMs, endMs, counts) -> closed.take(series, startMs, endMs, counts));
            slices.forgetPast(asOfMs, atMs);
            closing.set(next.key(), slices.firstClosingAfter(atMs));
        }
    }

    /** Gives every interval that is still open, and forgets them all: nothing will come any more. */
    void closeAll(ClosedTaker closed) {
        Set<Bytes> open = closing.keys();
        close(Long.MAX_VALUE - 1, asOfMs().orElseThrow(), closed);
        open.forEach(key -> store.change(key).slices().forgetIntervals());
    }
}
