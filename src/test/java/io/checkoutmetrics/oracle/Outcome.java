package io.checkoutmetrics.oracle;

import java.util.Locale;

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

    /** The name of its counter, such as {@code bad_timestamp}. */
    public String counter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
