package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.process.ProcessUse;
import io.checkoutmetrics.stream.Outcomes;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * How much memory the job uses at a moment.
 *
 * @param seconds since it was started
 * @param hits read so far
 * @param counted checkouts so far
 * @param residentBytes of the process
 * @param heapBytes that the JVM has taken for its heap
 * @param entries of each store, as RocksDB estimates: what was overwritten may count twice until it is compacted
 * @param isOver whether all hits have gone through
 */
public record MemorySample(
        double seconds,
        long hits,
        long counted,
        long residentBytes,
        long heapBytes,
        Map<String, Long> entries,
        boolean isOver) {
    static MemorySample now(long startNanos, Outcomes outcomes, boolean isOver) {
        return new MemorySample(
                (System.nanoTime() - startNanos) / 1e9,
                outcomes.get("hits_read"),
                outcomes.get("counted"),
                ProcessUse.residentBytes(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted(),
                StoreEntries.estimated(),
                isOver);
    }
}
