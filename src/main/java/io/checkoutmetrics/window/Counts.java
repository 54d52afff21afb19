package io.checkoutmetrics.window;

/**
 * What is counted in a stretch of event time.
 *
 * @param checkouts hits with at least one qualifying event: one per hit
 * @param increments the sum of the values of these events
 * @param hits all readable hits received; only totals of report suites have them
 * @param cart what the carts of these checkouts were worth, of those that were looked at
 */
public record Counts(long checkouts, long increments, long hits, CartValue cart) {
    public static final Counts NONE = new Counts(0, 0, 0);

    /** Without carts. */
    public Counts(long checkouts, long increments, long hits) {
        this(checkouts, increments, hits, CartValue.NONE);
    }

    /** That many hits, none of them known to be a checkout. */
    public static Counts ofHits(long hits) {
        return new Counts(0, 0, hits);
    }

    /** One checkout of so many increments. */
    public static Counts ofCheckout(long increments) {
        return new Counts(1, increments, 0);
    }

    public Counts plus(Counts other) {
        return new Counts(
                checkouts + other.checkouts, increments + other.increments, hits + other.hits, cart.plus(other.cart));
    }

    public Counts minus(Counts other) {
        return new Counts(
                checkouts - other.checkouts, increments - other.increments, hits - other.hits, cart.minus(other.cart));
    }

    public boolean isNone() {
        return checkouts == 0 && increments == 0 && hits == 0;
    }
}
