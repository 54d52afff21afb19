package io.checkoutmetrics.alarm;

/**
 * What a series received in a stretch of time {@code [startMs, startMs + widthMs)}.
 *
 * @param startMs milliseconds since the epoch, a multiple of the width
 * @param widthMs a minute at most, and minutes are whole numbers of it
 * @param checkouts received then, whenever they happened
 * @param hits received then, or {@link #UNKNOWN}
 */
public record Step(long startMs, long widthMs, long checkouts, long hits) {
    /** Hits belong to a report suite; its items have none. */
    public static final long UNKNOWN = -1;

    public Step {
        if (widthMs <= 0 || Time.MINUTE_MS % widthMs != 0 || startMs % widthMs != 0) {
            throw new IllegalArgumentException("steps tile minutes: " + startMs + " + " + widthMs + " ms");
        }
    }

    long endMs() {
        return startMs + widthMs;
    }

    double seconds() {
        return widthMs / 1000.0;
    }

    boolean isEmpty() {
        return checkouts == 0 && hits <= 0;
    }
}
