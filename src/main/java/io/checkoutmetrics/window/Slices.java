package io.checkoutmetrics.window;

import java.util.stream.LongStream;

/**
 * Slices: event time cut into pieces of one width, aligned to the epoch. A window is a whole number of slices as wide
 * as
 * its slide, so a count is stored once per width and never once per window.
 */
public final class Slices {
    private Slices() {}

    /** Start of the slice of that width, in milliseconds, that holds {@code timeMs}. */
    public static long floor(long timeMs, long widthMs) {
        return timeMs - Math.floorMod(timeMs, widthMs);
    }

    /** The first slice bound at or after {@code timeMs}. */
    public static long ceil(long timeMs, long widthMs) {
        return floor(timeMs + widthMs - 1, widthMs);
    }

    /**
     * The widest slice that tiles every one of these lengths: their greatest common divisor. All lengths are positive
     * milliseconds.
     */
    public static long commonWidth(LongStream lengthsMs) {
        return lengthsMs.reduce(0, Slices::greatestCommonDivisor);
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
