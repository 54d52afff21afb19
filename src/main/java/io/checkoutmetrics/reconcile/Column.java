package io.checkoutmetrics.reconcile;

/** What is known of an interval of a series, by where it comes from: numbers of checkouts, unless they say otherwise. */
enum Column {
    /** The feed's hits with an event that makes them a checkout, whatever becomes of them. */
    IN_FEED,
    /** Of those, what the feed excludes. */
    EXCLUDED,
    /** Of those, what was received more than the grace after it happened. */
    LATE,
    /** Of those, what cannot be counted for another reason: an invalid value, a time that cannot be. */
    REFUSED,
    /** What the feed counts to by the rules of the job: what is left, without duplicates. */
    COUNTED,
    /** The same in increments. */
    COUNTED_INCREMENTS,
    /** The feed's hits received in the interval, of totals. */
    COUNTED_HITS,
    /** What was published. */
    PUBLISHED,
    /** The same in increments. */
    PUBLISHED_INCREMENTS,
    /** Hits received in the interval, of totals, as published. */
    PUBLISHED_HITS,
    /** How many finals were published; 1, or 0 where there was nothing to count. */
    FINALS,
    /** What the job has dead letters of, since it was received too late. */
    LATE_TO_JOB
}
