package io.checkoutmetrics.stream;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/** Who made the older checkouts of one series: folded into slices of every kind that still mattered then, and stored. */
final class FoldedVisitors {
    private final Bytes series;
    private final VisitorStore store;
    /** By kind: the slices before that are forgotten. */
    private final long[] forgottenToMs;

    /** By kind: no slice is stored from there on; as of a restart that is not known. */
    private final long[] endMs;

    private boolean areThere;

    /** @param areThere whether any are stored */
    FoldedVisitors(Bytes series, VisitorStore store, boolean areThere) {
        this.series = series;
        this.store = store;
        this.areThere = areThere;
        forgottenToMs = new long[store.plan().kinds().size()];
        endMs = new long[forgottenToMs.length];
        Arrays.fill(endMs, areThere ? Long.MAX_VALUE : Long.MIN_VALUE);
    }

    boolean areThere() {
        return areThere;
    }

    /**
     * Folds the first entries of a log; forgets what does not matter any more.
     *
     * @param oldestMs see {@link SlicePlan#oldestShown}
     */
    void take(VisitorLog log, int entries, long[] oldestMs) {
        for (int kind = 0; kind < oldestMs.length; kind++) {
            if (areThere && oldestMs[kind] > forgottenToMs[kind]) {
                store.forgetSlices(series, kind, forgottenToMs[kind], oldestMs[kind]);
                forgottenToMs[kind] = oldestMs[kind];
            }
            take(kind, log, entries, oldestMs[kind]);
        }
        areThere = true;
    }

    private void take(int kind, VisitorLog log, int entries, long oldestMs) {
        Map<Long, DistinctVisitors> slices = new HashMap<>();
        DistinctVisitors latest = null;
        long latestMs = 0;
        for (int i = 0; i < entries; i++) {
            if (log.sliceMs(i) < oldestMs) {
                continue;
            }
            long startMs = store.plan().kinds().get(kind).slices().startOf(log.sliceMs(i));
            if (latest == null || startMs != latestMs) { // most come in the order of time
                latest = slices.computeIfAbsent(
                        startMs, absent -> absent < endMs[kind] ? slice(kind, absent) : new DistinctVisitors());
                latestMs = startMs;
            }
            latest.add(log.visitor(i), log.visit(i));
        }
        slices.forEach((startMs, distinct) -> {
            store.putSlice(series, kind, startMs, distinct.toBytes());
            endMs[kind] = Math.max(endMs[kind], startMs + 1);
        });
    }

    /** A copy of what is folded into one slice. */
    DistinctVisitors slice(int kind, long startMs) {
        DistinctVisitors distinct = new DistinctVisitors();
        byte[] bytes = areThere ? store.slice(series, kind, startMs) : null;
        if (bytes != null) {
            distinct.add(bytes);
        }
        return distinct;
    }

    /** Adds what is folded into slices of a kind that start in {@code [fromMs, toMs)}. */
    void addTo(DistinctVisitors distinct, int kind, long fromMs, long toMs) {
        if (areThere) {
            store.forEachSlice(series, kind, fromMs, toMs, distinct::add);
        }
    }
}
