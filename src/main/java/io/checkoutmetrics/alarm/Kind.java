package io.checkoutmetrics.alarm;

/** What a {@link Finding} says of a series. */
public enum Kind {
    /** There is not enough history: until there is, only a complete stop is found, by the last hour alone. */
    LEARNING,
    /** There is enough history now. */
    WATCHING,
    /** Next to no hits where they are usual: the site or what collects its hits is down. */
    NO_INPUT,
    /** Next to no checkouts where they are usual: the checkout or its tag is broken. */
    NO_CHECKOUTS,
    /** Far fewer checkouts than usual. */
    DROP,
    /** Far more checkouts than usual, and than the hits explain. */
    SPIKE,
    /** It is as usual again, or has gone on for so long that nobody waits for its end. */
    RECOVERED;

    /** Whether it lasts until the series has recovered. */
    public boolean isAlarm() {
        return this == NO_INPUT || this == NO_CHECKOUTS || this == DROP || this == SPIKE;
    }

    /** Whether the one says more than the other of a series that goes wrong: it replaces it. */
    boolean isWorseThan(Kind other) {
        return isAlarm() && rank() > other.rank();
    }

    private int rank() {
        return switch (this) {
            case NO_INPUT -> 3;
            case NO_CHECKOUTS -> 2;
            default -> 1;
        };
    }
}
