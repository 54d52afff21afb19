package io.checkoutmetrics.alarm;

/**
 * Something to say of a series. Numbers are of {@code [sinceMs, asOfMs)}: hits where {@link Kind#NO_INPUT} is meant, else
 * checkouts.
 *
 * @param kind what is the matter
 * @param ended what is over, of {@link Kind#RECOVERED}; else the same as {@code kind}
 * @param sinceMs since when; after the fact, so it may be earlier than the first finding says
 * @param asOfMs up to when it is known
 * @param expected what would have been usual
 * @param actual what came in
 * @param lower less is unusual
 * @param upper more is unusual
 * @param confidence 1 less the number of times in a month that chance alone would do it, 0 to 1
 */
public record Finding(
        Kind kind,
        Kind ended,
        long sinceMs,
        long asOfMs,
        double expected,
        long actual,
        double lower,
        double upper,
        double confidence) {}
