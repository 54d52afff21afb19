package io.checkoutmetrics.window;

import java.util.Arrays;

/**
 * One clock made of the clocks of several sources, which need not agree: it goes on as long as one of them does, and never
 * back. A source that leaps, ahead or back, goes on from where the common clock stands: it moved to a machine whose clock
 * differs, its clock was set, or nobody was there for a while. Not thread-safe.
 */
public final class CommonClock {
    private static final long UNHEARD = Long.MIN_VALUE;

    private final long leapMs;
    private final long[] lastMs;
    private final long[] aheadMs;
    private long nowMs = UNHEARD;

    /**
     * For sources numbered 0 to {@code sources - 1}.
     *
     * @param leapMs by how much more than the common clock a source's has to go on at once to be taken for a leap
     */
    public CommonClock(int sources, long leapMs) {
        this.leapMs = leapMs;
        lastMs = new long[sources];
        aheadMs = new long[sources];
        Arrays.fill(lastMs, UNHEARD);
    }

    /** Hears what time it is at a source, in milliseconds, and returns what time it is here. */
    public long hear(int source, long clockMs) {
        if (nowMs == UNHEARD) {
            nowMs = clockMs;
        }
        boolean isNew = lastMs[source] == UNHEARD;
        if (isNew || clockMs < lastMs[source] || clockMs - aheadMs[source] - nowMs > leapMs) {
            aheadMs[source] = clockMs - nowMs;
        }
        lastMs[source] = clockMs;
        nowMs = Math.max(nowMs, clockMs - aheadMs[source]);
        return nowMs;
    }
}
