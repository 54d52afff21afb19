package io.checkoutmetrics.operate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How many records of the changelogs are still to be read before the state is what it was. Thread-safe. */
final class Restoration implements StateRestoreListener {
    private record Store(TopicPartition changelog, String name) {}

    private final Map<Store, Long> remaining = new ConcurrentHashMap<>();

    long remainingRecords() {
        return remaining.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long startOffset, long endOffset) {
        remaining.put(new Store(changelog, store), Math.max(0, endOffset - startOffset));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEndOffset, long restored) {
        remaining.computeIfPresent(new Store(changelog, store), (one, left) -> Math.max(0, left - restored));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long totalRestored) {
        remaining.remove(new Store(changelog, store));
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long totalRestored) {
        remaining.remove(new Store(changelog, store));
    }
}
