package io.checkoutmetrics.reconcile;

import io.checkoutmetrics.metric.Series;
import java.util.Set;

/**
 * What both sides know of, and so can be compared.
 *
 * @param dimensions that both count by
 * @param summedUp items of dimensions with too many items: which of those count by themselves is no matter of rules
 * @param fromMs milliseconds since the epoch
 * @param toMs exclusive
 */
record Scope(Set<String> reportSuites, Set<String> dimensions, Set<Series> summedUp, long fromMs, long toMs) {
    boolean holds(Account account) {
        return reportSuites.contains(account.series().reportSuite())
                && (account.series().isTotal() || isComparable(account.series()))
                && account.startMs() >= fromMs
                && account.endMs() <= toMs;
    }

    private boolean isComparable(Series item) {
        return dimensions.contains(item.dimension())
                && (summedUp.isEmpty()
                        || !summedUp.contains(new Series(item.reportSuite(), item.dimension(), Series.LOW_TRAFFIC)));
    }
}
