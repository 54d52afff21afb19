package io.checkoutmetrics.page;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last hours of one report suite, step by step: final counts where they are out, before that what was rolling when
 * the step ended. It goes by event time alone, so a process that reads the topics anew comes to know the same. What
 * nobody told is not known, which is not zero:
 *
 * <ul>
 *   <li>a step without a final, though later steps have theirs, had neither hits nor checkouts;
 *   <li>so had the steps in a window that is empty;
 *   <li>between two records that follow each other nothing changed;
 *   <li>everything else is a gap, until finals fill it.
 * </ul>
 *
 * Not thread-safe.
 */
final class History {
    /** Counts in one step; no whole numbers where they come from a window of another size. */
    record Value(double checkouts, double hits) {
        static final Value NONE = new Value(0, 0);
    }

    private record Point(Value value, boolean isFinal) {}

    /** Values of successive steps, the last of which ends at {@code endMs}; null is not known. */
    record Stretch(long endMs, List<@Nullable Value> values) {}

    private final ChartScale scale;
    private final TreeMap<Long, Point> byEnd = new TreeMap<>();
    private long firstFinalMs = Long.MAX_VALUE;
    private long asOfMs = Long.MIN_VALUE;
    private @Nullable Value last;

    History(ChartScale scale) {
        this.scale = scale;
    }

    /** Takes a record of the report suite's total; returns whether a step ended with it, or changed. */
    boolean live(CheckoutMetrics total) {
        Value now = scale.valueOf(total);
        long toMs = total.getAsOf().toEpochMilli();
        if (now == null || total.getStatus() == Status.STALLED || toMs < asOfMs) {
            return false;
        }
        boolean isChanged = last == null || toMs - asOfMs > scale.gapMs() ? fillEmptyWindows(total) : goOn(toMs);
        if (toMs % scale.stepMs() == 0) {
            isChanged |= put(toMs, new Point(now, false));
        }
        asOfMs = toMs;
        last = now;
        return isChanged;
    }

    /** Until the next record nothing had changed. */
    private boolean goOn(long toMs) {
        boolean isChanged = false;
        Value before = last;
        for (long end = scale.ceil(asOfMs + 1); before != null && end < toMs; end += scale.stepMs()) {
            isChanged |= put(end, new Point(before, false));
        }
        return isChanged;
    }

    private boolean fillEmptyWindows(CheckoutMetrics total) {
        boolean isChanged = false;
        for (WindowMetrics window : total.getWindows()) {
            Long hits = window.getHits();
            if (window.getCheckouts() == 0 && hits != null && hits == 0) {
                long untilMs = total.getAsOf().toEpochMilli();
                long fromMs = Math.max(window.getStart().toEpochMilli(), untilMs - scale.lengthMs());
                for (long end = scale.ceil(fromMs) + scale.stepMs(); end <= untilMs; end += scale.stepMs()) {
                    isChanged |= !byEnd.containsKey(end) && put(end, new Point(Value.NONE, false));
                }
            }
        }
        return isChanged;
    }

    /** Takes a final of the report suite's total; returns whether it changed anything. Other widths do not. */
    boolean finals(CheckoutInterval counted) {
        long endMs = counted.getEnd().toEpochMilli();
        if (endMs - counted.getStart().toEpochMilli() != scale.stepMs() || endMs % scale.stepMs() != 0) {
            return false;
        }
        firstFinalMs = Math.min(firstFinalMs, endMs);
        Long hits = counted.getHits();
        return put(endMs, new Point(new Value(counted.getCheckouts(), hits == null ? 0 : hits), true));
    }

    private boolean put(long endMs, Point point) {
        Point before = byEnd.get(endMs);
        if (before != null && (before.isFinal && !point.isFinal || before.equals(point))) {
            return false;
        }
        byEnd.put(endMs, point);
        byEnd.headMap(byEnd.lastKey() - scale.lengthMs(), true).clear();
        return true;
    }

    /**
     * What is known, without what is not known at its beginning; at most {@link ChartScale#steps()} values.
     *
     * @param closedToMs every interval that ends until then is closed, and its final is known here if it has one
     */
    Stretch known(long closedToMs) {
        List<@Nullable Value> values = new ArrayList<>();
        if (byEnd.isEmpty()) {
            return new Stretch(0, values);
        }
        long lastMs = byEnd.lastKey();
        for (long end = Math.max(byEnd.firstKey(), lastMs - scale.lengthMs() + scale.stepMs());
                end <= lastMs;
                end += scale.stepMs()) {
            Point point = byEnd.get(end);
            if (point != null) {
                values.add(point.value);
            } else {
                values.add(end <= closedToMs && end >= firstFinalMs ? Value.NONE : null);
            }
        }
        return new Stretch(lastMs, values);
    }
}
