package io.checkoutmetrics.feed;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** The ways files write times, to milliseconds since the epoch. Seconds and milliseconds are never guessed. */
final class Times {
    /** 2000-01-01T00:00:00Z: nothing was received before. */
    static final long EARLIEST_RECEIVED_MS = 946_684_800_000L;

    /** The last millisecond of the year 9999, UTC. */
    static final long LATEST_MS = 253_402_300_799_999L;

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    /** Whole seconds since the epoch. */
    static long ofSeconds(String column, String text) throws BrokenLine {
        try {
            return inRange(column, Math.multiplyExact(Long.parseLong(text), 1000L));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new BrokenLine(column + " is not in seconds since the epoch: " + BrokenLine.quoted(text));
        }
    }

    /**
     * {@code 2026-03-29 01:30:00} in the zone. An hour that occurs twice in the zone is the first one, one that doesn't
     * occur is an hour later.
     */
    static long ofDateTime(String column, String text, ZoneId zone) throws BrokenLine {
        try {
            return inRange(
                    column,
                    LocalDateTime.parse(text, DATE_TIME)
                            .atZone(zone)
                            .toInstant()
                            .toEpochMilli());
        } catch (DateTimeException e) {
            throw new BrokenLine(column + " is not as 2026-01-31 23:59:59: " + BrokenLine.quoted(text));
        }
    }

    /** ISO-8601 with an offset; what is finer than a millisecond is cut off. */
    static long ofIso(String field, String text) throws BrokenLine {
        try {
            return inRange(field, OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new BrokenLine(
                    field + " is not ISO-8601 with an offset, as 2026-01-31T23:59:59Z: " + BrokenLine.quoted(text));
        }
    }

    /** The time, which must be one at which a hit can have been received. */
    static long asReceived(String field, long ms) throws BrokenLine {
        if (ms < EARLIEST_RECEIVED_MS) {
            throw new BrokenLine(field + " is before the year 2000, no hit was received then");
        }
        return ms;
    }

    private static long inRange(String field, long ms) throws BrokenLine {
        if (ms > LATEST_MS || ms < -LATEST_MS) {
            throw new BrokenLine(field + " is beyond the year 9999");
        }
        return ms;
    }
}
