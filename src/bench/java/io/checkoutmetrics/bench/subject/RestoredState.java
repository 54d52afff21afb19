package io.checkoutmetrics.bench.subject;

import java.util.Map;

/**
 * A job's state, read again from its changelogs.
 *
 * @param startSeconds from the job's start until it was running again, all included
 * @param stores by name
 */
public record RestoredState(double startSeconds, Map<String, Store> stores) {
    /**
     * @param records restored
     * @param recordBytes of their keys and values
     * @param seconds they took; all stores together make up the time that was spent on restoring
     * @param entries in the store then: the changelog may hold several records of one
     * @param entryBytes of their keys and values
     * @param diskBytes of the store's files
     * @param changelogBytes on the broker's disk
     */
    public record Store(
            long records,
            long recordBytes,
            double seconds,
            long entries,
            long entryBytes,
            long diskBytes,
            long changelogBytes) {}
}
