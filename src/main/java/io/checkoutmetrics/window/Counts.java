package io.checkoutmetrics.window;

/**
 * What is counted in a stretch of event time.
 *
 * @param checkouts hits with at least one qualifying event: one per hit
 * @param increments the sum of the values of these events
 * @param hits all readable hits received; only totals of report suites have them
 */
public record Counts(long checkouts, long increments, long hits) {
    public static final Counts NONE = new Counts(0, 0, 0);

    /** That many hits, none of them known to be a checkout. */
    public static Counts ofHits(long hits) {
        return new Counts(0, 0, hits);
    }

    /** One checkout of so many increments. */
    public static Counts ofCheckout(long increments) {
        return new Counts(1, increments, 0);
    }

    public Counts plus(Counts other) {
        return new Counts(checkouts + other.checkouts, increments + other.increments, hits + other.hits);
    }

    public Counts minus(Counts other) {
        return new Counts(checkouts - other.checkouts, increments - other.increments, hits - other.hits);
    }

    public boolean isNone() {
        return checkouts == 0 && increments == 0 && hits == 0;
    }
}
