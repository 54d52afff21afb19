package io.checkoutmetrics.hit;

/**
 * What a {@link HitReader} makes of one hit. Exactly one of five outcomes, so that
 * {@code hits read = no checkout + excluded + refused + unreadable + checkouts}.
 *
 * <p>All but {@link Unreadable} are readable hits, counted as such under their report suite.
 */
public sealed interface Reading
        permits CheckoutHit, Reading.NoCheckout, Reading.Excluded, Reading.Refused, Reading.Unreadable {

    /**
     * A hit without a qualifying event, read only as far as it takes to know that. Instances are shared: a reader makes
     * one or two per report suite.
     *
     * @param nearMiss whether the events string has a name that differs from a qualifying one only in case
     */
    record NoCheckout(String reportSuite, boolean nearMiss) implements Reading {}

    /**
     * A hit with a qualifying event that its producer wants not to be counted.
     *
     * @param reason the producer's word for why, at most 255 bytes of UTF-8
     */
    record Excluded(String reportSuite, String reason) implements Reading {}

    /**
     * A readable hit with a qualifying event that cannot be counted; to be dead-lettered. Exclusion takes precedence.
     *
     * @param reason {@link Reason#INVALID_EVENT_VALUE}
     * @param detail what is wrong, without any of the hit's content
     */
    record Refused(String reportSuite, Reason reason, String detail) implements Reading {}

    /**
     * A hit that cannot be read, or not be attributed to a report suite; to be dead-lettered.
     *
     * @param detail what is wrong, without any of the hit's content
     */
    record Unreadable(Reason reason, String detail) implements Reading {}
}
