package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * One partition of a topic. Transactions of several writers lie interleaved in it; who reads, reads only what is
 * committed, and nothing past the first record of a transaction that is still open.
 */
final class SimulatedPartition<V> {
    static final int NOTHING_YET = -1;

    /** A record, at the offset that is its place in the list. */
    record Entry<V>(byte[] key, V value, long timestampMs, SimulatedTransaction transaction) {
        <T> Entry<T> with(T other) {
            return new Entry<>(key, other, timestampMs, transaction);
        }
    }

    private final List<Entry<V>> entries = new ArrayList<>();

    void append(Entry<V> entry) {
        entries.add(entry);
    }

    Entry<V> get(int offset) {
        return entries.get(offset);
    }

    /** The offset that the next record gets. */
    int end() {
        return entries.size();
    }

    /** Offset of the first record from there on that may be read, or {@link #NOTHING_YET}. */
    int readableFrom(int offset) {
        for (int next = offset; next < entries.size(); next++) {
            SimulatedTransaction.State state = entries.get(next).transaction.state();
            if (state == SimulatedTransaction.State.COMMITTED) {
                return next;
            } else if (state == SimulatedTransaction.State.OPEN) {
                return NOTHING_YET;
            }
        }
        return NOTHING_YET;
    }

    /** All that may be read, oldest first. */
    List<Entry<V>> readable() {
        List<Entry<V>> readable = new ArrayList<>();
        for (int next = readableFrom(0); next != NOTHING_YET; next = readableFrom(next + 1)) {
            readable.add(entries.get(next));
        }
        return readable;
    }
}
