package io.checkoutmetrics.bench.subject;

/** No figure is quoted of a count that is wrong. */
final class Checks {
    private Checks() {}

    static void equal(String what, long truth, long found) {
        if (truth != found) {
            throw new IllegalStateException(what + ": " + found + " were counted, in truth there are " + truth);
        }
    }
}
