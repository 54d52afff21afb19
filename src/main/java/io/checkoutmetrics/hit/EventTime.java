package io.checkoutmetrics.hit;

import java.util.OptionalLong;

/**
 * When a hit happened: by the client's clock where the hit says so, else when it was received. Decided from the hit
 * alone, so that every replay decides alike.
 *
 * <p>With a grace of 10 min and 5 min tolerated: a hit received at 10:00 that claims 09:59 happened at 09:59; 10:03, at
 * 10:00; 10:06 is {@code future_timestamp};
 * 09:49 is {@code late}.
 */
public sealed interface EventTime {

    /**
     * 2000-01-01T00:00Z in milliseconds since the epoch: no hit is older. Also catches seconds taken for milliseconds,
     * which are never guessed.
     */
    long EARLIEST_MS = 946_684_800_000L;

    /**
     * The hit happened at this time, never after it was received.
     *
     * @param ms milliseconds since the epoch
     */
    record At(long ms) implements EventTime {}

    /**
     * The hit cannot be counted.
     *
     * @param reason {@link Reason#BAD_TIMESTAMP}, {@link Reason#FUTURE_TIMESTAMP} or {@link Reason#LATE}
     */
    record Rejected(Reason reason) implements EventTime {}

    /**
     * Judges the time of a hit.
     *
     * @param client the client's timestamp, milliseconds since the epoch; empty where the hit has none
     * @param recordTimeMs when the hit was received: the record's timestamp, milliseconds since the epoch
     * @param graceMs how long after it happened a hit may be received, inclusive
     * @param maxFutureMs how far the client's clock may be ahead, inclusive; such a time is set back to the record's
     */
    static EventTime of(OptionalLong client, long recordTimeMs, long graceMs, long maxFutureMs) {
        long claimedMs = client.orElse(recordTimeMs);
        if (claimedMs < EARLIEST_MS || recordTimeMs < EARLIEST_MS) {
            return new Rejected(Reason.BAD_TIMESTAMP);
        }
        if (claimedMs - recordTimeMs > maxFutureMs) {
            return new Rejected(Reason.FUTURE_TIMESTAMP);
        }
        if (recordTimeMs - claimedMs > graceMs) {
            return new Rejected(Reason.LATE);
        }
        return new At(Math.min(claimedMs, recordTimeMs));
    }
}
