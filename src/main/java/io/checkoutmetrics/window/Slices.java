package io.checkoutmetrics.window;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.LongStream;

/**
 * Event time cut into slices {@code [start, end)} without gap or overlap. Rolling windows are whole numbers of even slices
 * as wide as their slide, so a count is stored once per width and never once per window. The intervals that finals are
 * published for are slices too: even ones, or the days of a time zone.
 *
 * <p>All times are milliseconds since the epoch.
 */
public sealed interface Slices permits EvenSlices, CalendarDays {
    /** Slices of one width in milliseconds, aligned to the epoch. */
    static Slices every(long widthMs) {
        return new EvenSlices(widthMs);
    }

    /**
     * Calendar days of a time zone, or so many of them in a row, counted from 1 January 1970. In UTC that is the same as
     * {@link #every}.
     */
    static Slices days(int days, ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC)
                ? every(days * EvenSlices.DAY_MS)
                : new CalendarDays(days, zone);
    }

    /** Start of the slice that holds {@code timeMs}. */
    long startOf(long timeMs);

    /** End, exclusive, of the slice that holds {@code timeMs}. */
    long endOf(long timeMs);

    /** A number that no other kind of slices has: even slices their width, days their number, negative. */
    long id();

    /** No slice lasts longer than so many milliseconds. */
    long longestMs();

    /** Width, in milliseconds, of even slices that tile these, all that start after the year 2000. */
    long tileMs();

    /** Start of the even slice of that width, in milliseconds, that holds {@code timeMs}. */
    static long floor(long timeMs, long widthMs) {
        return timeMs - Math.floorMod(timeMs, widthMs);
    }

    /** The first bound of even slices of that width at or after {@code timeMs}. */
    static long ceil(long timeMs, long widthMs) {
        return floor(timeMs + widthMs - 1, widthMs);
    }

    /**
     * The widest even slice that tiles every one of these lengths: their greatest common divisor. All lengths are positive
     * milliseconds.
     */
    static long commonWidth(LongStream lengthsMs) {
        return lengthsMs.reduce(0, Slices::greatestCommonDivisor);
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
