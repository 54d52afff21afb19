package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one series: its slices, a running sum for each window, and what its subscribers have not
 * been told yet. As the end of a window moves, the slices that come in are added to its sum, those that go out are
 * deducted, and nothing else is looked at.
 */
final class RollingSeries {
    /** As a time, in 1998. */
    private static final long MORE_THAN_A_WINDOW_HOLDS = 900_000_000_000L;

    private final Bytes key;
    private final SlicePlan plan;
    private final SeriesSlices slices;
    private final List<RollingSum> sums;
    private final Telling telling;
    private @Nullable Series name;
    private LazyVisitors visitors;
    private byte[] storedVisitors = SeriesVisitors.NOTHING;
    private long lastCheckoutAtMs = SeriesCounts.NO_CHECKOUT;
    private long lowTrafficAtMs = SeriesCounts.NO_CHECKOUT;
    private long dueMs = Agenda.NEVER;
    private long closingMs = Agenda.NEVER;

    /** A series nothing was counted for. */
    RollingSeries(Bytes key, SlicePlan plan) {
        this(key, plan, new SeriesSlices(plan), new Telling());
    }

    private RollingSeries(Bytes key, SlicePlan plan, SeriesSlices slices, Telling telling) {
        this.key = key;
        this.plan = plan;
        this.slices = slices;
        this.telling = telling;
        visitors = new LazyVisitors(key, null, SeriesVisitors.NOTHING);
        sums = new ArrayList<>(Collections.nCopies(plan.windows().size(), RollingSum.ZERO));
    }

    Bytes key() {
        return key;
    }

    /** What the key says. */
    Series name() {
        Series parsed = name;
        if (parsed == null) {
            parsed = SeriesKey.parse(key.get());
            name = parsed;
        }
        return parsed;
    }

    private boolean isTotal() {
        return SeriesKey.isOfTotal(key.get());
    }

    /** From now on they are counted, and kept there. To be called before anything else. */
    void keepVisitorsIn(VisitorStore store) {
        visitors = new LazyVisitors(key, store, storedVisitors);
    }

    LazyVisitors visitors() {
        return visitors;
    }

    SeriesSlices slices() {
        return slices;
    }

    /** One for each window. */
    List<RollingSum> sums() {
        return Collections.unmodifiableList(sums);
    }

    /** Counts that time has not come to: they change nothing yet. */
    void addAhead(SliceCounts slice) {
        slices.ahead().add(slice);
    }

    /** Counts of the past, for the sums of the windows that hold the slice as of now, and for those to come. */
    void add(SliceCounts slice, long asOfMs) {
        lastCheckoutAtMs = Math.max(lastCheckoutAtMs, slice.lastCheckoutAtMs());
        slices.add(slice, asOfMs);
        visitors.add(slice, asOfMs);
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
        if (!inAWindow) {
            return;
        }
        telling.change();
        if (slice.startMs() + plan.sliceMs() <= telling.asOfMs()
                && slice.counts().checkouts() > 0) {
            telling.correct();
        }
    }

    /** Lets time go on; what waited for it comes in, every window moves. */
    void moveTo(long toMs, long fromMs) {
        slices.ahead().takeBefore(toMs, slice -> add(slice, fromMs));
        boolean moved = false;
        for (int i = 0; i < sums.size(); i++) {
            moved |= move(i, fromMs, toMs);
        }
        if (moved && isZero() && !telling.isKnown() && !isTotal()) {
            forgetTelling(); // what came and went without anybody having been told of it is nobody's concern
        }
    }

    /** Returns whether anything entered the window or left it. */
    private boolean move(int index, long fromMs, long toMs) {
        Window window = plan.windows().get(index);
        SliceHistory history = slices.ofWindow(index);
        long oldEnd = window.endAsOf(fromMs);
        long newEnd = window.endAsOf(toMs);
        if (oldEnd == newEnd) {
            if (fromMs < toMs && toMs == newEnd && telling.isKnown() && completes(window, history, newEnd)) {
                telling.change();
            }
            return false;
        }
        long size = window.sizeMs();
        Counts entered = history.sum(oldEnd, newEnd);
        Counts left = history.sum(oldEnd - size, newEnd - size);
        Counts forgotten = history.sum(oldEnd - 2 * size, newEnd - 2 * size);
        if (entered.isNone() && left.isNone() && forgotten.isNone()) {
            return false;
        }
        sums.set(index, sums.get(index).entered(entered).left(left).forgot(forgotten));
        telling.change();
        return true;
    }

    /**
     * What changed in the window's last slide may have been told while it was filling; now that it is complete, it is
     * told again.
     */
    private static boolean completes(Window window, SliceHistory history, long end) {
        for (long behind = 0; behind <= 2 * window.sizeMs(); behind += window.sizeMs()) {
            if (history.hasAny(end - window.slideMs() - behind, end - behind)) {
                return true;
            }
        }
        return false;
    }

    /** The first moment after {@code asOfMs} at which time changes anything here, or {@link Agenda#NEVER}. */
    long nextChangeMs(long asOfMs) {
        OptionalLong ahead = slices.ahead().firstMs();
        long due = ahead.isPresent() ? ahead.getAsLong() + 1 : Long.MAX_VALUE;
        for (int i = 0; i < sums.size(); i++) {
            Window window = plan.windows().get(i);
            SliceHistory history = slices.ofWindow(i);
            long lastSlide = Slices.floor(asOfMs, window.slideMs());
            for (long behind = 0; behind <= 2 * window.sizeMs(); behind += window.sizeMs()) {
                OptionalLong next = history.startFrom(lastSlide - behind);
                if (next.isPresent()) {
                    long leavesMs = next.getAsLong() + behind;
                    due = Math.min(due, leavesMs >= asOfMs ? leavesMs + 1 : leavesMs + window.slideMs());
                }
            }
        }
        if (due == Long.MAX_VALUE && slices.allPastMs() > asOfMs) {
            return slices.allPastMs();
        }
        return due;
    }

    /** What its subscribers know. */
    Telling telling() {
        return telling;
    }

    /** Subscribers do not know of it, or were told that it is gone. If it comes back, it begins anew. */
    void forgetTelling() {
        lastCheckoutAtMs = SeriesCounts.NO_CHECKOUT;
        telling.forget();
    }

    /** When time is to be moved on for it, or {@link Agenda#NEVER}. */
    long dueMs() {
        return dueMs;
    }

    void setDueMs(long timeMs) {
        dueMs = timeMs;
    }

    /** When the next of its intervals closes, or {@link Agenda#NEVER}. */
    long closingMs() {
        return closingMs;
    }

    void setClosingMs(long timeMs) {
        closingMs = timeMs;
    }

    boolean isZero() {
        return sums.stream().allMatch(RollingSum::isZero);
    }

    /** Whether there is nothing to remember. */
    boolean isBlank() {
        return !telling.isKnown() && !telling.isChanged() && isZero() && slices.isEmpty();
    }

    /** Event time of the newest checkout. */
    OptionalLong lastCheckoutAtMs() {
        return lastCheckoutAtMs == SeriesCounts.NO_CHECKOUT ? OptionalLong.empty() : OptionalLong.of(lastCheckoutAtMs);
    }

    /** In a slice that starts then, items of its dimension were summed up. */
    void besideLowTraffic(long sliceStartMs) {
        lowTrafficAtMs = Math.max(lowTrafficAtMs, sliceStartMs);
    }

    /** Whether items of its dimension were summed up in any of the windows. */
    boolean isBesideLowTraffic(long asOfMs) {
        if (lowTrafficAtMs == SeriesCounts.NO_CHECKOUT) {
            return false;
        }
        for (Window window : plan.windows()) {
            if (lowTrafficAtMs >= window.endAsOf(asOfMs) - window.sizeMs()) {
                return true;
            }
        }
        return false;
    }

    /** Of a series without visitors and low traffic they are those of versions that did not know them. */
    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter();
        telling.writeTo(out);
        out.number(lastCheckoutAtMs);
        writeTime(dueMs, out);
        writeTime(closingMs, out);
        for (RollingSum sum : sums) {
            CountsFormat.write(out, sum.current());
            out.number(sum.previousCheckouts());
        }
        slices.writeTo(out);
        byte[] end = visitors.end();
        if (end.length > 0 || lowTrafficAtMs != SeriesCounts.NO_CHECKOUT) {
            out.number(lowTrafficAtMs).bytes(end);
        }
        return out.toBytes();
    }

    private static void writeTime(long timeMs, BinaryWriter out) {
        out.number(timeMs == Agenda.NEVER ? -1 : timeMs);
    }

    private static long readTime(BinaryReader in) {
        long timeMs = in.number();
        return timeMs < 0 ? Agenda.NEVER : timeMs;
    }

    /** For a while it was written here. What comes two numbers later is then when an interval closes, else what is in a window. */
    private static boolean isLowTrafficNext(BinaryReader in) {
        in.number();
        in.number();
        long third = in.number();
        return third == -1 || third >= MORE_THAN_A_WINDOW_HOLDS;
    }

    static RollingSeries fromBytes(Bytes key, byte[] bytes, SlicePlan plan) {
        BinaryReader in = new BinaryReader(bytes);
        Telling telling = Telling.readFrom(in);
        long lastCheckoutAtMs = in.number();
        long lowTrafficAtMs = isLowTrafficNext(in.ahead()) ? in.number() : SeriesCounts.NO_CHECKOUT;
        long dueMs = readTime(in);
        long closingMs = readTime(in);
        List<RollingSum> sums = new ArrayList<>();
        for (int i = 0; i < plan.windows().size(); i++) {
            sums.add(new RollingSum(CountsFormat.read(in), in.number()));
        }
        RollingSeries series = new RollingSeries(key, plan, SeriesSlices.readFrom(in, plan), telling);
        Collections.copy(series.sums, sums);
        series.lastCheckoutAtMs = lastCheckoutAtMs;
        series.lowTrafficAtMs = lowTrafficAtMs;
        if (in.hasMore()) {
            series.lowTrafficAtMs = in.number();
            series.storedVisitors = in.rest();
        }
        series.dueMs = dueMs;
        series.closingMs = closingMs;
        return series;
    }
}
