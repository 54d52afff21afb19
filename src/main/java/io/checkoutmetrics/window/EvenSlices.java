package io.checkoutmetrics.window;

import java.time.Duration;

/**
 * Slices of one width, aligned to the epoch.
 *
 * @param widthMs milliseconds, positive
 */
record EvenSlices(long widthMs) implements Slices {
    static final long DAY_MS = Duration.ofDays(1).toMillis();

    EvenSlices {
        if (widthMs <= 0) {
            throw new IllegalArgumentException("width must be positive: " + widthMs + " ms");
        }
    }

    @Override
    public long startOf(long timeMs) {
        return Slices.floor(timeMs, widthMs);
    }

    @Override
    public long endOf(long timeMs) {
        return startOf(timeMs) + widthMs;
    }

    @Override
    public long id() {
        return widthMs;
    }

    @Override
    public long longestMs() {
        return widthMs;
    }

    @Override
    public long tileMs() {
        return widthMs;
    }

    @Override
    public String toString() {
        return Long.toString(widthMs);
    }
}
