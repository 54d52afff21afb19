package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Checkouts that wait until every partition has come past the time they were received at: only then is it known which
 * of
 * two was received first. A logged store, ordered by that time.
 */
final class PendingCheckouts {
    private static final int ENOUGH_AT_ONCE = 1_000;

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

    /** When the first was received that waits, of those before {@code timeMs}. */
    OptionalLong first(long timeMs) {
        if (oldestMs >= timeMs) {
            return OptionalLong.empty();
        }
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bound(oldestMs), bound(timeMs))) {
            return entries.hasNext()
                    ? OptionalLong.of(
                            ByteBuffer.wrap(entries.peekNextKey().get()).getLong())
                    : OptionalLong.empty();
        }
    }

    /**
     * Takes out what was received before {@code timeMs}, one by one in the order received; when that is more than
     * {@code most}, about so many of the oldest.
     *
     * @return the time before which all has been taken: {@code timeMs}, or earlier
     */
    long takeBefore(long timeMs, int most, Consumer<Checkout> taker) {
        for (int taken = 0; oldestMs < timeMs && taken < most; ) {
            List<Checkout> oldest = oldestBefore(timeMs);
            oldestMs = oldest.size() < ENOUGH_AT_ONCE
                    ? timeMs
                    : oldest.get(oldest.size() - 1).recordTimeMs() + 1;
            oldest.sort(Checkout.ORDER_RECEIVED);
            for (Checkout checkout : oldest) {
                taker.accept(checkout);
                store.delete(storeKey(checkout));
            }
            taken += oldest.size();
        }
        return Math.min(oldestMs, timeMs);
    }

    /**
     * Some of the oldest, and all of the same time. They are read before the first is deleted: a delete may make the
     * engine's cache evict entries, which an open iterator would then pass over.
     */
    private List<Checkout> oldestBefore(long timeMs) {
        List<Checkout> oldest = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bound(oldestMs), bound(timeMs))) {
            while (entries.hasNext()) {
                Checkout next = Checkout.readFrom(new BinaryReader(entries.next().value));
                if (oldest.size() >= ENOUGH_AT_ONCE
                        && oldest.get(oldest.size() - 1).recordTimeMs() < next.recordTimeMs()) {
                    break;
                }
                oldest.add(next);
            }
        }
        return oldest;
    }

    private static Bytes storeKey(Checkout checkout) {
        return Bytes.wrap(ByteBuffer.allocate(20)
                .putLong(checkout.recordTimeMs())
                .putInt(checkout.partition())
                .putLong(checkout.offset())
                .array());
    }

    /**
     * Times are never negative, so their big-endian bytes are in the order of time; alone, they come before every key
     * of that time.
     */
    private static Bytes bound(long timeMs) {
        return Bytes.wrap(ByteBuffer.allocate(8).putLong(timeMs).array());
    }
}
