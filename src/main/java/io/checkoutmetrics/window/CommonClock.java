package io.checkoutmetrics.window;

import java.util.Arrays;

/**
 * One clock made of the clocks of several sources, which need not agree: it goes on as long as one of them does, and never
 * back. A source that sets its clock back goes on from where the common clock stands. Not thread-safe.
 */
public final class CommonClock {
    private static final long UNHEARD = Long.MIN_VALUE;

    private final long[] lastMs;
    private final long[] aheadMs;
    private long nowMs = UNHEARD;

    /** For sources numbered 0 to {@code sources - 1}. */
    public CommonClock(int sources) {
        lastMs = new long[sources];
        aheadMs = new long[sources];
        Arrays.fill(lastMs, UNHEARD);
    }

    /** Hears what time it is at a source, in milliseconds, and returns what time it is here. */
    public long hear(int source, long clockMs) {
        if (nowMs == UNHEARD) {
            nowMs = clockMs;
        }
        if (clockMs < lastMs[source] || lastMs[source] == UNHEARD) {
            aheadMs[source] = clockMs - nowMs;
        }
        lastMs[source] = clockMs;
        nowMs = Math.max(nowMs, clockMs - aheadMs[source]);
        return nowMs;
    }
}
