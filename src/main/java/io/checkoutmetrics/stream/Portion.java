package io.checkoutmetrics.stream;

import java.util.function.LongSupplier;

/**
 * How long a task may work on all of its series between two commits: a transaction has ten seconds, and very many series
 * are more work than that. What is left over comes with the next portion.
 */
final class Portion {
    /** Of all tasks that may share a transaction. */
    private static final long TOGETHER_MS = 2_000;

    private static final long LEAST_MS = 50;
    private static final long MOST_MS = 500;

    private final LongSupplier clockMs;
    private final long mostMs;
    private long beganMs;
    private long usedMs;
    private boolean isEndless;

    /** @param tasks so many may share a transaction */
    Portion(LongSupplier clockMs, int tasks) {
        this.clockMs = clockMs;
        this.mostMs = Math.max(LEAST_MS, Math.min(MOST_MS, TOGETHER_MS / tasks));
    }

    /** There was a commit. */
    void renew() {
        usedMs = 0;
    }

    /** From now on, all that is left is one portion: nothing will come after it. */
    void last() {
        isEndless = true;
    }

    /** Work begins. */
    void begin() {
        beganMs = clockMs.getAsLong();
    }

    /** Work is over, until there is more. */
    void end() {
        usedMs += sinceBegun();
    }

    /** Whether work may go on. */
    boolean isLeft() {
        return isEndless || usedMs + sinceBegun() < mostMs;
    }

    /** A clock that was set back counts for nothing. */
    private long sinceBegun() {
        return Math.max(0, clockMs.getAsLong() - beganMs);
    }
}
