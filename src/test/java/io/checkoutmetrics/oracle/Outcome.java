package io.checkoutmetrics.oracle;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What became of a hit. Every hit read has exactly one outcome: {@code hits read = } the sum over all of them.
 */
public enum Outcome {
    /** It cannot be decoded, its report suite isn't acceptable, or its events string is too long. */
    UNREADABLE,
    /** No item of its events string qualifies. */
    NOT_CHECKOUT,
    /** The feed says that it must not be counted. */
    EXCLUDED,
    /** A qualifying item has a value that is no increment. */
    INVALID_EVENT_VALUE,
    /** It happened at or before the epoch, or before the year 2000. */
    BAD_TIMESTAMP,
    /** It happened further after its reception than clocks may be wrong. */
    FUTURE_TIMESTAMP,
    /** It was received more than the grace after it happened. */
    LATE,
    /** It was counted before. */
    DUPLICATE,
    /** It counts. */
    COUNTED;

    /** Why hits are unreadable. */
    static final Set<String> UNREADABLE_REASONS = Set.of(
            "bad_frame",
            "unknown_schema",
            "bad_schema",
            "schema_mismatch",
            "truncated",
            "malformed",
            "trailing_bytes",
            "oversized_events",
            "unknown_report_suite");

    private static final Set<Outcome> DEAD_LETTERED =
            EnumSet.of(UNREADABLE, INVALID_EVENT_VALUE, BAD_TIMESTAMP, FUTURE_TIMESTAMP, LATE);

    /** Whether the hit is kept among the dead letters. */
    boolean isDeadLettered() {
        return DEAD_LETTERED.contains(this);
    }

    /** The name of its counter, such as {@code bad_timestamp}. */
    public String counter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
