package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * The rolling windows of all series of a partition: adds counts to slices, and moves all windows on together. As the end
 * of a window moves, the slices that come in are added to its running sums, those that go out are deducted, and nothing
 * else is looked at.
 */
final class RollingWindows {
    private final List<Window> windows;
    private final Map<Long, Long> memoryByWidthMs = new TreeMap<>();
    private final long sliceMs;
    private final SliceStore slices;
    private final SeriesStore seriesStore;
    private final TreeSet<Bytes> changed = new TreeSet<>();
    private OptionalLong asOf;

    RollingWindows(Settings.Rolling rolling, SliceStore slices, SeriesStore seriesStore) {
        this.windows = rolling.windows();
        this.sliceMs = rolling.sliceMs();
        this.slices = slices;
        this.seriesStore = seriesStore;
        windows.forEach(window -> memoryByWidthMs.merge(window.slideMs(), window.memoryMs(), Math::max));
        rolling.intervalsMs()
                .forEach(width -> memoryByWidthMs.merge(width, rolling.grace().toMillis() + width, Math::max));
        asOf = seriesStore.asOfMs();
        seriesStore.forEach((key, series) -> {
            if (series.isChanged()) {
                changed.add(key);
            }
        });
    }

    /** As of when the sums hold; empty before time began. */
    OptionalLong asOfMs() {
        return asOf;
    }

    boolean hasChanges() {
        return !changed.isEmpty();
    }

    /** Gives the series that changed since the last call, in the order of their keys. */
    void drainChanged(Consumer<Bytes> taker) {
        while (!changed.isEmpty()) {
            taker.accept(changed.pollFirst());
        }
    }

    /**
     * Adds counts to a series: to its slices of every width, and to the sums of the windows that hold them now.
     *
     * @return whether the series is new
     */
    boolean add(Bytes seriesKey, SeriesCounts counts) {
        RollingSeries stored = seriesStore.get(seriesKey);
        RollingSeries series = stored == null ? new RollingSeries(windows.size()) : stored;
        series.checkoutAt(counts.lastCheckoutAtMs());
        for (SeriesCounts.SliceCounts slice : counts.slices()) {
            addToSlices(seriesKey, slice);
            if (asOf.isPresent()) {
                addToSums(series, slice, asOf.getAsLong());
            }
        }
        seriesStore.put(seriesKey, series);
        if (series.isChanged()) {
            changed.add(seriesKey);
        }
        return stored == null;
    }

    private void addToSlices(Bytes seriesKey, SeriesCounts.SliceCounts slice) {
        memoryByWidthMs.forEach((width, memory) -> {
            if (Slices.floor(slice.startMs(), width) >= oldestKept(width, memory)) {
                slices.add(width, slice.startMs(), seriesKey, slice.counts());
            }
        });
    }

    private void addToSums(RollingSeries series, SeriesCounts.SliceCounts slice, long asOfMs) {
        boolean inAWindow = false;
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            Window.Place place =
                    window.placeOf(Slices.floor(slice.startMs(), window.slideMs()), window.endAsOf(asOfMs));
            if (place == Window.Place.CURRENT || place == Window.Place.PREVIOUS) {
                series.change(i, sum -> sum.corrected(place, slice.counts()));
                inAWindow = true;
            }
        }
        if (inAWindow && slice.startMs() + sliceMs <= asOfMs && slice.counts().checkouts() > 0) {
            series.correct();
        }
    }

    /** Start of the oldest slice of that width that anything still needs. */
    private long oldestKept(long widthMs, long memoryMs) {
        return asOf.isEmpty() ? 0 : Slices.floor(asOf.getAsLong() - memoryMs, widthMs);
    }

    /**
     * The next end of a window, after now and not after {@code limitMs}, at which there is something to tell: a series
     * that has changed already, or one with slices that come into the window, leave it or are forgotten by then.
     */
    OptionalLong nextStop(long limitMs) {
        long asOfMs = asOf.orElseThrow();
        long stop = Long.MAX_VALUE;
        for (Window window : windows) {
            long nextEnd = Slices.floor(asOfMs, window.slideMs()) + window.slideMs();
            if (hasChanges()) {
                stop = Math.min(stop, nextEnd);
            }
            long lastSlide = nextEnd - window.slideMs();
            for (long behind = 0; behind <= 2 * window.sizeMs(); behind += window.sizeMs()) {
                OptionalLong next = slices.firstAtOrAfter(window.slideMs(), lastSlide - behind);
                if (next.isPresent()) {
                    stop = Math.min(stop, next.getAsLong() + window.slideMs() + behind);
                }
            }
        }
        return stop <= limitMs ? OptionalLong.of(stop) : OptionalLong.empty();
    }

    /**
     * Lets time begin, at the first slice there is or at {@code limitMs} if there is none before. What lies in a window
     * that holds the beginning has come in then.
     */
    void begin(long limitMs) {
        long beginMs = limitMs;
        for (Window window : windows) {
            beginMs =
                    Math.min(beginMs, slices.firstAtOrAfter(window.slideMs(), 0).orElse(limitMs));
        }
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            long end = window.endAsOf(beginMs);
            changeAll(i, end - window.slideMs(), end, RollingSum::entered);
        }
        asOf = OptionalLong.of(beginMs);
    }

    /** Moves time, and with it every window of every series. Time never goes back. */
    void moveTo(long toMs) {
        long fromMs = asOf.orElseThrow();
        for (int i = 0; i < windows.size(); i++) {
            move(i, fromMs, toMs);
        }
        asOf = OptionalLong.of(toMs);
        seriesStore.setAsOfMs(toMs);
        memoryByWidthMs.forEach((width, memory) ->
                slices.forget(width, Slices.floor(fromMs - memory, width), Slices.floor(toMs - memory, width)));
    }

    private void move(int index, long fromMs, long toMs) {
        Window window = windows.get(index);
        long oldEnd = window.endAsOf(fromMs);
        long newEnd = window.endAsOf(toMs);
        if (oldEnd < newEnd) {
            changeAll(index, oldEnd, newEnd, RollingSum::entered);
            changeAll(index, oldEnd - window.sizeMs(), newEnd - window.sizeMs(), RollingSum::left);
            changeAll(index, oldEnd - 2 * window.sizeMs(), newEnd - 2 * window.sizeMs(), RollingSum::forgot);
        } else if (fromMs < toMs && toMs == newEnd) {
            completed(window, newEnd);
        }
    }

    /** What changed in the window's last slide may have been told while it was filling; now that it is complete, it is told again. */
    private void completed(Window window, long end) {
        for (long behind = 0; behind <= 2 * window.sizeMs(); behind += window.sizeMs()) {
            slices.range(
                    window.slideMs(),
                    end - window.slideMs() - behind,
                    end - behind,
                    (seriesKey, startMs, counts) -> changed.add(seriesKey));
        }
    }

    private interface SumChange {
        RollingSum apply(RollingSum sum, Counts slice);
    }

    private void changeAll(int index, long fromMs, long toMs, SumChange change) {
        slices.range(windows.get(index).slideMs(), fromMs, toMs, (seriesKey, startMs, counts) -> {
            RollingSeries stored = seriesStore.get(seriesKey);
            RollingSeries series = stored == null ? new RollingSeries(windows.size()) : stored;
            series.change(index, sum -> change.apply(sum, counts));
            seriesStore.put(seriesKey, series);
            changed.add(seriesKey);
        });
    }
}
