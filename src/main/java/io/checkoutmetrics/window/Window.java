package io.checkoutmetrics.window;

import java.time.Duration;

/**
 * A rolling window: {@code size} long, moving on in steps of {@code slide}, both aligned to the epoch. It is what
 * streaming SQL calls a HOP window.
 *
 * <p>As of a moment {@code t} of event time, the window is the one whose last slide holds {@code t}: it ends at {@code
 * t} rounded up to the slide and starts {@code size} before. Bounds are {@code [start, end)}. Example: with size 5 min
 * and slide 1 min, as of 10:07:30 the window is [10:03, 10:08) and still filling; as of 10:08:00 it is the same window,
 * complete; one millisecond later it is [10:04, 10:09).
 *
 * @param sizeMs length in milliseconds, a positive multiple of the slide
 * @param slideMs step in milliseconds, positive
 */
public record Window(long sizeMs, long slideMs) {
    public Window {
        if (slideMs <= 0) {
            throw new IllegalArgumentException("slide must be positive: " + slideMs + " ms");
        }
        if (sizeMs <= 0 || sizeMs % slideMs != 0) {
            throw new IllegalArgumentException("slide " + slideMs + " ms does not divide size " + sizeMs + " ms");
        }
    }

    /** The window of that size and slide. */
    public static Window ofSizeAndSlide(Duration size, Duration slide) {
        return new Window(size.toMillis(), slide.toMillis());
    }

    /** End, exclusive, of the window as of {@code asOfMs}: the first multiple of the slide at or after it. */
    public long endAsOf(long asOfMs) {
        return Slices.ceil(asOfMs, slideMs);
    }

    /**
     * Where the slice that starts at {@code sliceStartMs} and is one slide wide lies, seen from the window that ends at
     * {@code endMs}.
     */
    public Place placeOf(long sliceStartMs, long endMs) {
        if (sliceStartMs >= endMs) {
            return Place.AHEAD;
        }
        if (sliceStartMs >= endMs - sizeMs) {
            return Place.CURRENT;
        }
        return sliceStartMs >= endMs - 2 * sizeMs ? Place.PREVIOUS : Place.PAST;
    }

    /** How long a slice matters to this window after the slice's end: while it is current, then previous. */
    public long memoryMs() {
        return 2 * sizeMs;
    }

    /** Where a slice lies, seen from a window. */
    public enum Place {
        /** Not yet reached. */
        AHEAD,
        /** Inside the window. */
        CURRENT,
        /** Inside the window of the same size just before. */
        PREVIOUS,
        /** Before both. */
        PAST
    }
}
