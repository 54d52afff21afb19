package io.checkoutmetrics.reconcile;

import java.util.Set;

/**
 * What both sides know of, and so can be compared.
 *
 * @param dimensions that both count by
 * @param fromMs milliseconds since the epoch
 * @param toMs exclusive
 */
record Scope(Set<String> reportSuites, Set<String> dimensions, long fromMs, long toMs) {
    boolean holds(Account account) {
        return reportSuites.contains(account.series().reportSuite())
                && (account.series().isTotal()
                        || dimensions.contains(account.series().dimension()))
                && account.startMs() >= fromMs
                && account.endMs() <= toMs;
    }
}
