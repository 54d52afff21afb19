package io.checkoutmetrics.bench.workload;

/**
 * What the hits of a workload are like.
 *
 * @param checkouts share of hits that are checkouts, at most 1
 * @param duplicates whether some checkouts repeat an event ID
 * @param suites how many report suites
 * @param countries how many items of that dimension in each suite
 * @param campaigns how many items of that dimension in each suite
 */
public record Traffic(double checkouts, boolean duplicates, int suites, int countries, int campaigns) {
    /** One hit in fifty is a checkout; 990 series: of each suite, its total, countries and campaigns. */
    public static final Traffic USUAL = new Traffic(0.02, true, 5, 37, 160);

    public Traffic {
        if (checkouts < 0 || checkouts > 1) {
            throw new IllegalArgumentException("the share of checkouts is between 0 and 1, not " + checkouts);
        }
        if (suites < 1 || countries < 1 || campaigns < 1) {
            throw new IllegalArgumentException("there is at least one suite, country and campaign");
        }
    }

    public Traffic withoutDuplicates() {
        return new Traffic(checkouts, false, suites, countries, campaigns);
    }

    /** How many series there are when every item has occurred. */
    public long series() {
        return (long) suites * (1 + countries + campaigns);
    }

    /** Fit to be part of a topic's name. */
    String slug() {
        return equals(USUAL)
                ? ""
                : "-%s%s-%d-%d-%d".formatted(checkouts, duplicates ? "" : "-unique", suites, countries, campaigns);
    }
}
