package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Window;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** All that is remembered of one series: its slices, sums and visitors, and what its subscribers have not been told yet. */
final class RollingSeries {
    /** As a time, in 1998. */
    private static final long MORE_THAN_A_WINDOW_HOLDS = 900_000_000_000L;

    private final Bytes key;
    private final SlicePlan plan;
    private final RollingSums sums;
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
        this(key, plan, new RollingSums(plan), new Telling());
    }

    private RollingSeries(Bytes key, SlicePlan plan, RollingSums sums, Telling telling) {
        this.key = key;
        this.plan = plan;
        this.sums = sums;
        this.telling = telling;
        visitors = new LazyVisitors(key, null, SeriesVisitors.NOTHING);
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
        return sums.slices();
    }

    /** One for each window. */
    List<RollingSum> sums() {
        return sums.all();
    }

    /** Counts that time has not come to: they change nothing yet. */
    void addAhead(SliceCounts slice) {
        slices().ahead().add(slice);
    }

    /** Counts of the past, for the sums of the windows that hold the slice as of now, and for those to come. */
    void add(SliceCounts slice, long asOfMs) {
        add(slice, asOfMs, asOfMs);
    }

    /** @param shownAsOfMs nobody asks for what is in a window before it has come there */
    private void add(SliceCounts slice, long asOfMs, long shownAsOfMs) {
        lastCheckoutAtMs = Math.max(lastCheckoutAtMs, slice.lastCheckoutAtMs());
        visitors.add(slice, shownAsOfMs, asOfMs);
        if (!sums.add(slice, asOfMs)) {
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
        slices().ahead().takeBefore(toMs, slice -> add(slice, fromMs, toMs));
        if (telling.isKnown() && sums.completesSlide(toMs, fromMs)) {
            telling.change();
        }
        if (!sums.moveTo(toMs, fromMs)) {
            return;
        }
        telling.change();
        if (isZero() && !telling.isKnown() && !isTotal()) {
            forgetTelling(); // what came and went without anybody having been told of it is nobody's concern
        }
    }

    /** The first moment after {@code asOfMs} at which time changes anything here, or {@link Agenda#NEVER}. */
    long nextChangeMs(long asOfMs) {
        OptionalLong ahead = slices().ahead().firstMs();
        long next = sums.nextMoveMs(asOfMs);
        if (ahead.isPresent()) {
            next = Math.min(next, ahead.getAsLong() + 1);
        }
        return next == Long.MAX_VALUE && slices().allPastMs() > asOfMs ? slices().allPastMs() : next;
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
        return sums.isZero();
    }

    /** Whether there is nothing to remember. */
    boolean isBlank() {
        return !telling.isKnown() && !telling.isChanged() && isZero() && slices().isEmpty();
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
        sums.writeTo(out);
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
        RollingSeries series = new RollingSeries(key, plan, RollingSums.readFrom(in, plan), telling);
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
