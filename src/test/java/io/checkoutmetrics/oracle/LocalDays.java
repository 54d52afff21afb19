package io.checkoutmetrics.oracle;

import java.time.Duration;
import java.time.ZoneId;
import java.util.TimeZone;

/**
 * The calendar days of a zone, numbered from 1 January 1970 there. A day starts at the first instant whose local date
 * is that day, or a later one if the zone left the date out, and lasts until the next day starts, whatever clocks show
 * in between. Knows of a zone only by how far its clocks are ahead of UTC at an instant; takes it that within any 52
 * hours clocks are changed once at most.
 */
final class LocalDays {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /** No clock is further from UTC than this, not even on the day before or after. */
    private static final long MOST_APART_MS = Duration.ofHours(26).toMillis();

    private final TimeZone zone;

    LocalDays(ZoneId zone) {
        this.zone = TimeZone.getTimeZone(zone);
    }

    static boolean areIn(Duration length) {
        return length.toMillis() % DAY_MS == 0;
    }

    /** The last day that has started by then. */
    long dayAt(long timeMs) {
        long day = Math.floorDiv(timeMs + zone.getOffset(timeMs), DAY_MS);
        while (start(day) > timeMs) {
            day--;
        }
        while (start(day + 1) <= timeMs) {
            day++;
        }
        return day;
    }

    /** When the clocks first show midnight of the day, or later. */
    long start(long day) {
        long midnight = day * DAY_MS;
        long from = midnight - MOST_APART_MS;
        long to = midnight + MOST_APART_MS;
        long asBefore = midnight - zone.getOffset(from);
        if (zone.getOffset(from) == zone.getOffset(to)) {
            return asBefore;
        }
        long changed = clocksChanged(from, to);
        return asBefore < changed ? asBefore : Math.max(changed, midnight - zone.getOffset(to));
    }

    /** The first instant with the offset of {@code toMs}, halving the time in which it must be. */
    private long clocksChanged(long fromMs, long toMs) {
        long before = fromMs;
        long after = toMs;
        while (after - before > 1) {
            long middle = before + (after - before) / 2;
            if (zone.getOffset(middle) == zone.getOffset(toMs)) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return after;
    }
}
