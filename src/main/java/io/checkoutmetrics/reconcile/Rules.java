package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.window.Slices;
import java.util.Comparator;
import java.util.Map;

/**
 * What decides when a checkout counts, taken from the settings of a job.
 *
 * @param hits with our own names of the fields, which those of a feed have
 * @param slices the shortest of the intervals that finals are published for: the others are sums of them
 * @param graceMs milliseconds
 * @param maxFutureMs how far a client's clock may be ahead, in milliseconds
 */
record Rules(HitRules hits, Slices slices, long graceMs, long maxFutureMs) {
    static Rules of(Settings settings) {
        return new Rules(
                settings.hits().withFields(Map.of()),
                settings.rolling().intervals().stream()
                        .min(Comparator.comparingLong(Slices::longestMs))
                        .orElseThrow(),
                settings.rolling().grace().toMillis(),
                settings.pace().maxFuture().toMillis());
    }
}
