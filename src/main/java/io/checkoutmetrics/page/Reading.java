package io.checkoutmetrics.page;

/** How the page comes by what it shows. */
enum Reading {
    /** It goes through what was published so far. */
    CATCHING_UP,
    LIVE,
    /** Kafka or the schema registry cannot be reached; what is new waits. */
    WAITING,
    /** The topics cannot be read; the log says why. It tries again every few seconds. */
    FAILED
}
