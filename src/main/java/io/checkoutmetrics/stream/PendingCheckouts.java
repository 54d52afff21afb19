package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Checkouts that wait until every partition has come past the time they were received at: only then is it known which of
 * two was received first. A logged store, ordered by that time.
 */
final class PendingCheckouts {
    private final KeyValueStore<Bytes, byte[]> store;
    /** No checkout in the store was received before. Begins at 0, for what a restart finds there. */
    private long oldestMs;

    PendingCheckouts(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void add(Checkout checkout) {
        BinaryWriter out = new BinaryWriter();
        checkout.writeTo(out);
        oldestMs = Math.min(oldestMs, checkout.recordTimeMs());
        store.put(storeKey(checkout), out.toBytes());
    }

    /** Takes out all that were received before {@code timeMs}, one by one in the order received. */
    void takeBefore(long timeMs, Consumer<Checkout> taker) {
        if (timeMs <= oldestMs) {
            return;
        }
        List<Checkout> sameTime = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bound(oldestMs), bound(timeMs))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                Checkout checkout = Checkout.readFrom(new BinaryReader(entry.value));
                if (!sameTime.isEmpty() && sameTime.get(0).recordTimeMs() != checkout.recordTimeMs()) {
                    take(sameTime, taker);
                }
                sameTime.add(checkout);
            }
        }
        take(sameTime, taker);
        oldestMs = timeMs;
    }

    private void take(List<Checkout> sameTime, Consumer<Checkout> taker) {
        sameTime.sort(Checkout.ORDER_RECEIVED);
        for (Checkout checkout : sameTime) {
            taker.accept(checkout);
            store.delete(storeKey(checkout));
        }
        sameTime.clear();
    }

    private static Bytes storeKey(Checkout checkout) {
        return Bytes.wrap(ByteBuffer.allocate(20)
                .putLong(checkout.recordTimeMs())
                .putInt(checkout.partition())
                .putLong(checkout.offset())
                .array());
    }

    /** Times are never negative, so their big-endian bytes are in the order of time; alone, they come before every key of that time. */
    private static Bytes bound(long timeMs) {
        return Bytes.wrap(ByteBuffer.allocate(8).putLong(timeMs).array());
    }
}
