package io.checkoutmetrics.operate;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether the machine's clock was set back. What the engine does by the clock waits until it shows again what it has
 * shown before: the time of quiet partitions stands still meanwhile. Thread-safe.
 */
final class ClockSteps {
    private Instant latest = Instant.MIN;

    /** How far the clock is behind the latest time it has shown here, by what it shows now; zero if it never went back. */
    synchronized Duration setBackBy(Instant now) {
        if (!now.isBefore(latest)) {
            latest = now;
            return Duration.ZERO;
        }
        return Duration.between(now, latest);
    }

    /** In words: how much is left until everything moves again. */
    static String words(Duration setBackBy, Instant now) {
        return "the clock was set back: it is " + Math.max(1, setBackBy.toSeconds())
                + " s behind what it has shown, and what goes by it stands still until it is " + now.plus(setBackBy)
                + " again. Set it right";
    }
}
