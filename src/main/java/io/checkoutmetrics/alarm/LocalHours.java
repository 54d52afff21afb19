package io.checkoutmetrics.alarm;

import java.time.Instant;
import java.time.ZoneId;

/** Hours of the week by a zone's clocks, numbered 0 (Monday, midnight) to 167. */
final class LocalHours {
    static final int OF_WEEK = 7 * 24;
    static final int OF_DAY = 24;

    /** Zones differ from each other by whole quarters of an hour, and change their clocks at them. */
    private static final long QUARTER_MS = Time.HOUR_MS / 4;

    private final ZoneId zone;
    private long knownQuarter = Long.MIN_VALUE;
    private long offsetMs;

    LocalHours(ZoneId zone) {
        this.zone = zone;
    }

    /** Hour of the week at that time. */
    int at(long timeMs) {
        long monday = Math.floorDiv(localMs(timeMs), Time.HOUR_MS) + 3 * OF_DAY; // 1 January 1970 was a Thursday
        return (int) Math.floorMod(monday, OF_WEEK);
    }

    /** How far the hour has gone at that time: 0 to 1. */
    double into(long timeMs) {
        return Math.floorMod(localMs(timeMs), Time.HOUR_MS) / (double) Time.HOUR_MS;
    }

    private long localMs(long timeMs) {
        long quarter = Math.floorDiv(timeMs, QUARTER_MS);
        if (quarter != knownQuarter) {
            knownQuarter = quarter;
            offsetMs = 1000L
                    * zone.getRules().getOffset(Instant.ofEpochMilli(timeMs)).getTotalSeconds();
        }
        return timeMs + offsetMs;
    }
}
