package io.checkoutmetrics.stream;

import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * The slices of one series, and a running sum of them for each window. As the end of a window moves, the slices that come in are added to its sum,
 * those that go out are deducted, and nothing else is looked at.
 */
final class RollingSums {
    private final SlicePlan plan;
    private final SeriesSlices slices;
    private final List<RollingSum> sums;

    /** Nothing was counted yet. */
    RollingSums(SlicePlan plan) {
        this(
                plan,
                new SeriesSlices(plan),
                new ArrayList<>(Collections.nCopies(plan.windows().size(), RollingSum.ZERO)));
    }

    private RollingSums(SlicePlan plan, SeriesSlices slices, List<RollingSum> sums) {
        this.plan = plan;
        this.slices = slices;
        this.sums = sums;
    }

    SeriesSlices slices() {
        return slices;
    }

    /** One for each window. */
    List<RollingSum> all() {
        return Collections.unmodifiableList(sums);
    }

    boolean isZero() {
        return sums.stream().allMatch(RollingSum::isZero);
    }

    /** Adds counts of the past to the slices, and to the windows that hold theirs as of now; returns whether there are any. */
    boolean add(SliceCounts slice, long asOfMs) {
        slices.add(slice, asOfMs);
        boolean inAWindow = false;
        for (int i = 0; i < sums.size(); i++) {
            Window window = plan.windows().get(i);
            long end = window.endAsOf(asOfMs);
            if (slice.startMs() >= end) {
                continue; // it comes in when the window moves
            }
            Window.Place place = window.placeOf(Slices.floor(slice.startMs(), window.slideMs()), end);
            if (place == Window.Place.CURRENT || place == Window.Place.PREVIOUS) {
                sums.set(i, sums.get(i).corrected(place, slice.counts()));
                inAWindow = true;
            }
        }
        return inAWindow;
    }

    /** Moves every window; returns whether anything entered one or left it. */
    boolean moveTo(long toMs, long fromMs) {
        boolean moved = false;
        for (int i = 0; i < sums.size(); i++) {
            moved |= move(i, fromMs, toMs);
        }
        return moved;
    }

    private boolean move(int index, long fromMs, long toMs) {
        Window window = plan.windows().get(index);
        long oldEnd = window.endAsOf(fromMs);
        long newEnd = window.endAsOf(toMs);
        if (oldEnd == newEnd) {
            return false;
        }
        SliceHistory history = slices.ofWindow(index);
        long size = window.sizeMs();
        Counts entered = history.sum(oldEnd, newEnd);
        Counts left = history.sum(oldEnd - size, newEnd - size);
        Counts forgotten = history.sum(oldEnd - 2 * size, newEnd - 2 * size);
        if (entered.isNone() && left.isNone() && forgotten.isNone()) {
            return false;
        }
        sums.set(index, sums.get(index).entered(entered).left(left).forgot(forgotten));
        return true;
    }

    /**
     * Whether the last slide of a window ends at {@code toMs}, and that changed the window. What was told of it while it was
     * filling is to be told again now that it is complete.
     */
    boolean completesSlide(long toMs, long fromMs) {
        for (int i = 0; i < sums.size(); i++) {
            Window window = plan.windows().get(i);
            if (window.endAsOf(toMs) == toMs
                    && fromMs < toMs
                    && window.endAsOf(fromMs) == toMs
                    && slideChanged(i, toMs)) {
                return true;
            }
        }
        return false;
    }

    private boolean slideChanged(int index, long end) {
        Window window = plan.windows().get(index);
        for (long behind = 0; behind <= 2 * window.sizeMs(); behind += window.sizeMs()) {
            if (slices.ofWindow(index).hasAny(end - window.slideMs() - behind, end - behind)) {
                return true;
            }
        }
        return false;
    }

    /** The first moment after {@code asOfMs} at which a slice enters a window or leaves it, or {@code Long.MAX_VALUE}. */
    long nextMoveMs(long asOfMs) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < sums.size(); i++) {
            Window window = plan.windows().get(i);
            long lastSlide = Slices.floor(asOfMs, window.slideMs());
            for (long behind = 0; behind <= 2 * window.sizeMs(); behind += window.sizeMs()) {
                OptionalLong slice = slices.ofWindow(i).startFrom(lastSlide - behind);
                if (slice.isPresent()) {
                    long leavesMs = slice.getAsLong() + behind;
                    next = Math.min(next, leavesMs >= asOfMs ? leavesMs + 1 : leavesMs + window.slideMs());
                }
            }
        }
        return next;
    }

    void writeTo(BinaryWriter out) {
        for (RollingSum sum : sums) {
            CountsFormat.write(out, sum.current());
            out.number(sum.previousCheckouts());
        }
        slices.writeTo(out);
    }

    static RollingSums readFrom(BinaryReader in, SlicePlan plan) {
        List<RollingSum> sums = new ArrayList<>();
        for (int i = 0; i < plan.windows().size(); i++) {
            sums.add(new RollingSum(CountsFormat.read(in), in.number()));
        }
        return new RollingSums(plan, SeriesSlices.readFrom(in, plan), sums);
    }
}
