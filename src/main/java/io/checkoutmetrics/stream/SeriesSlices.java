package io.checkoutmetrics.stream;

import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was counted for one series, in slices of every kind, and what waits for its time: one shard may be ahead of the
 * others, after a pause by hours, and what is published as of a moment holds nothing of the time after its slice.
 */
final class SeriesSlices {
    private final SlicePlan plan;
    private final SlicesAhead ahead;
    private final List<SliceHistory> histories;

    SeriesSlices(SlicePlan plan) {
        this(plan, new SlicesAhead(), new ArrayList<>());
        plan.kinds().forEach(kind -> histories.add(new SliceHistory()));
    }

    private SeriesSlices(SlicePlan plan, SlicesAhead ahead, List<SliceHistory> histories) {
        this.plan = plan;
        this.ahead = ahead;
        this.histories = histories;
    }

    /** Slices of one kind, by its index in the plan. */
    SliceHistory ofKind(int kind) {
        return histories.get(kind);
    }

    SliceHistory ofWindow(int window) {
        return histories.get(plan.kindOfWindow(window));
    }

    /** Adds to the slices of every kind that still matter as of a moment. */
    void add(SliceCounts slice, long asOfMs) {
        for (int i = 0; i < histories.size(); i++) {
            SlicePlan.Kind kind = plan.kinds().get(i);
            long startMs = kind.slices().startOf(slice.startMs());
            if (slice.startMs() >= asOfMs || startMs >= kind.oldestKept(asOfMs)) {
                histories.get(i).add(startMs, slice.counts());
            }
        }
    }

    /** What time has not come to. */
    SlicesAhead ahead() {
        return ahead;
    }

    /** When the first of the intervals closes that are open as of a moment, or {@code Long.MAX_VALUE}. */
    long firstClosingAfter(long asOfMs) {
        long first = Long.MAX_VALUE;
        for (int kind : plan.kindsOfIntervals()) {
            SlicePlan.Kind interval = plan.kinds().get(kind);
            OptionalLong open = histories.get(kind).startFrom(interval.slices().startOf(asOfMs - plan.graceMs()));
            if (open.isPresent()) {
                first = Math.min(first, interval.slices().endOf(open.getAsLong()) + plan.graceMs());
            }
        }
        return first;
    }

    /** Takes one interval and what was counted in it. */
    interface IntervalTaker {
        void take(long startMs, long endMs, Counts counts);
    }

    /** Gives the intervals that close after {@code fromMs} and not after {@code toMs}. */
    void closing(long fromMs, long toMs, IntervalTaker taker) {
        for (int kind : plan.kindsOfIntervals()) {
            SlicePlan.Kind interval = plan.kinds().get(kind);
            histories
                    .get(kind)
                    .forEach(
                            interval.slices().startOf(fromMs - plan.graceMs()),
                            interval.slices().startOf(toMs - plan.graceMs()),
                            (startMs, counts) ->
                                    taker.take(startMs, interval.slices().endOf(startMs), counts));
        }
    }

    /** Nothing of the intervals is needed any more: all were closed for good. */
    void forgetIntervals() {
        for (int kind : plan.kindsOfIntervals()) {
            histories.get(kind).forgetBefore(Long.MAX_VALUE);
        }
    }

    /** Forgets slices that nothing needs as of a moment, intervals only if they were closed by then. */
    void forgetPast(long asOfMs, long closedMs) {
        for (int i = 0; i < histories.size(); i++) {
            SlicePlan.Kind kind = plan.kinds().get(i);
            long keptFromMs = kind.oldestKept(asOfMs);
            long openFromMs = kind.isInterval() ? kind.slices().startOf(closedMs - plan.graceMs()) : keptFromMs;
            histories.get(i).forgetBefore(Math.min(keptFromMs, openFromMs));
        }
    }

    /** When the last slice can be forgotten; {@code Long.MAX_VALUE} if there is none. */
    long allPastMs() {
        long last = Long.MIN_VALUE;
        for (int i = 0; i < histories.size(); i++) {
            OptionalLong startMs = histories.get(i).last();
            if (startMs.isPresent()) {
                SlicePlan.Kind kind = plan.kinds().get(i);
                last = Math.max(last, kind.slices().endOf(startMs.getAsLong()) + kind.memoryMs());
            }
        }
        return last == Long.MIN_VALUE ? Long.MAX_VALUE : last;
    }

    boolean isEmpty() {
        return ahead.size() == 0 && histories.stream().allMatch(history -> history.size() == 0);
    }

    /** How many slices there are, of all kinds. */
    int size() {
        int size = ahead.size();
        for (SliceHistory history : histories) {
            size += history.size();
        }
        return size;
    }

    void writeTo(BinaryWriter out) {
        ahead.writeTo(out);
        histories.forEach(history -> history.writeTo(out));
    }

    static SeriesSlices readFrom(BinaryReader in, SlicePlan plan) {
        SeriesSlices slices = new SeriesSlices(plan, SlicesAhead.readFrom(in), new ArrayList<>());
        for (int i = 0; i < plan.kinds().size(); i++) {
            slices.histories.add(SliceHistory.readFrom(in));
        }
        return slices;
    }
}
