package io.checkoutmetrics.stream;

/** From one attempt to the next: each twice as long as the one before, up to 2 s. */
final class Pauses {
    private static final long FIRST_MS = 50;
    private static final long LONGEST_MS = 2_000;

    private long nextMs = FIRST_MS;

    long nextMs() {
        long pauseMs = nextMs;
        nextMs = Math.min(2 * nextMs, LONGEST_MS);
        return pauseMs;
    }

    void beginAnew() {
        nextMs = FIRST_MS;
    }
}
