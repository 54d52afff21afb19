package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The rolling windows of all series of a partition: adds counts to slices, and moves all windows on together. As the
 * end
 * of a window moves, the slices that come in are added to its running sums, those that go out are deducted, and nothing
 * else is looked at.
 */
final class RollingWindows {
    private final List<Window> windows;
    /** In the same order as the windows, the slices they are made of. */
    private final List<Slices> slides;

    /** How long slices of each kind matter after they have ended. */
    private final Map<Slices, Long> memoryMs = new LinkedHashMap<>();

    private final long sliceMs;
    private final AheadStore ahead;
    private final SliceStore slices;
    private final SeriesStore seriesStore;
    private final TreeSet<Bytes> changed = new TreeSet<>();
    private final Map<Bytes, RollingSeries> touched = new HashMap<>();
    private @Nullable Bytes lastGiven;
    private OptionalLong asOf;

    RollingWindows(Settings.Rolling rolling, AheadStore ahead, SliceStore slices, SeriesStore seriesStore) {
        this.windows = rolling.windows();
        this.sliceMs = rolling.sliceMs();
        this.ahead = ahead;
        this.slices = slices;
        this.seriesStore = seriesStore;
        slides = windows.stream().map(window -> Slices.every(window.slideMs())).toList();
        for (int i = 0; i < windows.size(); i++) {
            memoryMs.merge(slides.get(i), windows.get(i).memoryMs(), Math::max);
        }
        rolling.intervals()
                .forEach(interval -> memoryMs.merge(interval, rolling.grace().toMillis(), Math::max));
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
    void add(Bytes seriesKey, SeriesCounts counts) {
        for (SliceCounts slice : counts.slices()) {
            if (asOf.isPresent() && slice.startMs() < asOf.getAsLong()) {
                addNow(seriesKey, slice);
            } else {
                ahead.add(seriesKey, slice);
            }
        }
        storeTouched();
    }

    /** Adds to the slices of every width, and to the sums of the windows that hold the slice now. */
    private void addNow(Bytes seriesKey, SliceCounts slice) {
        RollingSeries series = touch(seriesKey);
        series.checkoutAt(slice.lastCheckoutAtMs());
        addToSlices(seriesKey, slice);
        addToSums(series, slice, asOf.orElseThrow());
    }

    /** A series as it is worked on: it is read from the store once, and written once by {@link #storeTouched}. */
    private RollingSeries touch(Bytes seriesKey) {
        return touched.computeIfAbsent(seriesKey, seriesStore::getOrNew);
    }

    private void storeTouched() {
        touched.forEach((key, series) -> {
            seriesStore.put(key, series);
            if (series.isChanged()) {
                changed.add(key);
            }
        });
        touched.clear();
        slices.store();
    }

    private void addToSlices(Bytes seriesKey, SliceCounts slice) {
        memoryMs.forEach((kind, memory) -> {
            if (slice.startMs() >= oldestKept(kind, memory)) {
                slices.add(kind, slice.startMs(), seriesKey, slice.counts());
            }
        });
    }

    private void addToSums(RollingSeries series, SliceCounts slice, long asOfMs) {
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
        if (inAWindow
                && slice.startMs() + sliceMs <= series.publishedAsOfMs()
                && slice.counts().checkouts() > 0) {
            series.correct();
        }
    }

    /** Start of the oldest slice of that kind that anything still needs. */
    private long oldestKept(Slices kind, long memory) {
        return asOf.isEmpty() ? 0 : kind.startOf(asOf.getAsLong() - memory);
    }

    /**
     * The next end of a window, after now and not after {@code limitMs}, at which there is something to tell: a series
     * that has changed already, or one with slices that come into the window, leave it or are forgotten by then.
     */
    OptionalLong nextStop(long limitMs) {
        long asOfMs = asOf.orElseThrow();
        long stop = Long.MAX_VALUE;
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            long nextEnd = Slices.floor(asOfMs, window.slideMs()) + window.slideMs();
            if (hasChanges()) {
                stop = Math.min(stop, nextEnd);
            }
            if (ahead.first().isPresent()) {
                long first = Math.max(asOfMs, ahead.first().getAsLong());
                stop = Math.min(stop, Slices.floor(first, window.slideMs()) + window.slideMs());
            }
            long lastSlide = nextEnd - window.slideMs();
            for (long behind = 0; behind <= 2 * window.sizeMs(); behind += window.sizeMs()) {
                OptionalLong next = slices.firstAtOrAfter(slides.get(i), lastSlide - behind);
                if (next.isPresent()) {
                    stop = Math.min(stop, next.getAsLong() + window.slideMs() + behind);
                }
            }
        }
        return stop <= limitMs ? OptionalLong.of(stop) : OptionalLong.empty();
    }

    /** Lets time begin, with the first slice there is or at {@code limitMs} if there is none before. */
    void begin(long limitMs) {
        long beginMs = Math.min(limitMs, ahead.first().orElse(limitMs));
        asOf = OptionalLong.of(beginMs);
        seriesStore.setAsOfMs(
                beginMs); // what is added from now on is in the sums: after a restart it must not enter again
    }

    /**
     * Adds what waited for the time before {@code toMs}: afterwards the slices hold all there is to them until then.
     */
    void catchUp(long toMs) {
        ahead.takeBefore(toMs, this::addNow);
        storeTouched();
    }

    /**
     * Moves time, and with it every window of every series, to a moment that was caught up with. Time never goes back.
     */
    void moveTo(long toMs) {
        long fromMs = asOf.orElseThrow();
        for (int i = 0; i < windows.size(); i++) {
            move(i, fromMs, toMs);
        }
        forgetEmptied();
        storeTouched();
        asOf = OptionalLong.of(toMs);
        seriesStore.setAsOfMs(toMs);
        memoryMs.forEach(
                (kind, memory) -> slices.forget(kind, kind.startOf(fromMs - memory), kind.startOf(toMs - memory)));
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
            completed(index, newEnd);
        }
    }

    /**
     * What changed in the window's last slide may have been told while it was filling; now that it is complete, it is
     * told again.
     */
    private void completed(int index, long end) {
        Window window = windows.get(index);
        for (long behind = 0; behind <= 2 * window.sizeMs(); behind += window.sizeMs()) {
            slices.range(
                    slides.get(index),
                    end - window.slideMs() - behind,
                    end - behind,
                    (seriesKey, startMs, counts) -> changed.add(seriesKey));
        }
    }

    /** What came and went without anybody having been told of it is nobody's concern. */
    private void forgetEmptied() {
        touched.entrySet().removeIf(one -> {
            boolean forget = one.getValue().isZero()
                    && !one.getValue().isKnown()
                    && !SeriesKey.isOfTotal(one.getKey().get());
            if (forget) {
                seriesStore.forget(one.getKey());
                changed.remove(one.getKey());
            }
            return forget;
        });
    }

    private interface SumChange {
        RollingSum apply(RollingSum sum, Counts slice);
    }

    private void changeAll(int index, long fromMs, long toMs, SumChange change) {
        slices.range(slides.get(index), fromMs, toMs, (seriesKey, startMs, counts) -> {
            touch(seriesKey).change(index, sum -> change.apply(sum, counts));
        });
    }
}
