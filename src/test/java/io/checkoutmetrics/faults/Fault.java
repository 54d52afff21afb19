package io.checkoutmetrics.faults;

import java.time.Duration;
import java.util.Locale;

/**
 * One fault of a schedule.
 *
 * @param target which instance, or which broker, counted around
 * @param lasting from its beginning until it is healed
 * @param alone whether the next one waits until the job has recovered from this one
 */
record Fault(Kind kind, int target, Duration lasting, boolean alone) {
    @Override
    public String toString() {
        String seconds = String.format(Locale.ROOT, "%.1f s", lasting.toMillis() / 1000.0);
        return kind + " #" + target + " for " + seconds + (alone ? "" : ", the next at once");
    }
}
