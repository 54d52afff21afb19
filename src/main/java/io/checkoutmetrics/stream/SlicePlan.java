package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How windows and intervals are made of slices: the same for every series. Windows that slide alike, and an interval as
 * long as their slide, share one kind of slices.
 */
final class SlicePlan {
    /**
     * @param slices even slices as wide as a slide or an interval, or calendar days
     * @param memoryMs how long, in milliseconds, such a slice matters after its end
     * @param windowMs size of the longest window that is made of such slices; 0 if none is
     * @param isInterval whether finals are published of them
     * @param graceMs how long, in milliseconds, an interval is open after its end
     */
    record Kind(Slices slices, long memoryMs, long windowMs, boolean isInterval, long graceMs) {
        /** Start of the oldest slice that anything still needs as of a moment. */
        long oldestKept(long asOfMs) {
            return slices.startOf(asOfMs - memoryMs);
        }

        private long oldestShown(long windowsAsOfMs, long openAsOfMs) {
            long inWindowMs = windowMs == 0 ? Long.MAX_VALUE : slices.startOf(windowsAsOfMs - windowMs);
            return isInterval ? Math.min(inWindowMs, slices.startOf(openAsOfMs - graceMs)) : inWindowMs;
        }
    }

    private final List<Window> windows;
    private final List<Kind> kinds;
    private final int[] kindOfWindow;
    private final List<Integer> kindsOfIntervals;
    private final long sliceMs;
    private final long graceMs;

    SlicePlan(Settings.Rolling rolling) {
        windows = rolling.windows();
        sliceMs = rolling.sliceMs();
        graceMs = rolling.grace().toMillis();
        Map<Slices, Long> memoryMs = new LinkedHashMap<>();
        windows.forEach(window -> memoryMs.merge(slides(window), window.memoryMs(), Math::max));
        rolling.intervals().forEach(interval -> memoryMs.merge(interval, graceMs, Math::max));
        Map<Slices, Long> windowMs = new HashMap<>();
        windows.forEach(window -> windowMs.merge(slides(window), window.sizeMs(), Math::max));
        kinds = new ArrayList<>();
        memoryMs.forEach((slices, memory) -> kinds.add(new Kind(
                slices,
                memory,
                windowMs.getOrDefault(slices, 0L),
                rolling.intervals().contains(slices),
                graceMs)));
        List<Slices> order = List.copyOf(memoryMs.keySet());
        kindOfWindow = windows.stream()
                .mapToInt(window -> order.indexOf(slides(window)))
                .toArray();
        kindsOfIntervals =
                rolling.intervals().stream().map(order::indexOf).distinct().toList();
    }

    private static Slices slides(Window window) {
        return Slices.every(window.slideMs());
    }

    List<Window> windows() {
        return windows;
    }

    /** What slices there are, in an order that depends on the settings alone. */
    List<Kind> kinds() {
        return kinds;
    }

    /**
     * By kind: start of the oldest slice whose visitors anything still needs, a window or an interval that is open.
     *
     * @param windowsAsOfMs windows are not asked for as of any moment before
     * @param openAsOfMs intervals that are open then are asked for
     */
    long[] oldestShown(long windowsAsOfMs, long openAsOfMs) {
        return kinds.stream()
                .mapToLong(kind -> kind.oldestShown(windowsAsOfMs, openAsOfMs))
                .toArray();
    }

    /** Index of the kind that a window's slides are. */
    int kindOfWindow(int window) {
        return kindOfWindow[window];
    }

    /** Indexes of the kinds that are intervals. */
    List<Integer> kindsOfIntervals() {
        return kindsOfIntervals;
    }

    /** Index of the kind whose slices are intervals from and to these times. */
    int kindOfInterval(long startMs, long endMs) {
        for (int kind : kindsOfIntervals) {
            Slices slices = kinds.get(kind).slices();
            if (slices.startOf(startMs) == startMs && slices.endOf(startMs) == endMs) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no interval: " + startMs + " to " + endMs);
    }

    /** Width of the slices that counts arrive in. */
    long sliceMs() {
        return sliceMs;
    }

    long graceMs() {
        return graceMs;
    }

    /** The first moment at or after {@code timeMs} at which a window ends. */
    long windowEndFrom(long timeMs) {
        long first = Long.MAX_VALUE;
        for (Window window : windows) {
            first = Math.min(first, window.endAsOf(timeMs));
        }
        return first;
    }
}
