package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Checkouts that wait until every partition has come past the time they were received at: only then is it known which
 * of two was received first.
 *
 * <p>Those that came since the last commit are on the heap. What still waits at a commit goes to a logged store, in
 * entries that hold checkouts of a short time each, ordered by that time; an entry comes back to the heap as a whole
 * when the first of it is due, and is no longer stored then.
 */
final class PendingCheckouts {
    private static final int MOST_ON_HEAP = 50_000;
    private static final int MOST_IN_ENTRY = 500;
    private static final int MOST_SIZE_OF_ENTRY = 100_000;
    /** From the first to the last of an entry: not much more is read back than is due. */
    private static final long LONGEST_ENTRY_MS = 60_000;

    private static final int ENOUGH_READ_AT_ONCE = 1_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;
    private final PriorityQueue<Checkout> onHeap = new PriorityQueue<>(Checkout::inOrderReceived);
    private final long mostSizeOnHeap;
    private long sizeOnHeap;
    /** When the first in the store was received. */
    private long firstStoredMs = NEVER;

    /** @param mostSizeOnHeap as {@link Checkout#size()} has it */
    PendingCheckouts(KeyValueStore<Bytes, byte[]> store, long mostSizeOnHeap) {
        this.store = store;
        this.mostSizeOnHeap = mostSizeOnHeap;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            if (entries.hasNext()) {
                firstStoredMs = firstMs(entries.peekNextKey());
            }
        }
    }

    void add(Checkout checkout) {
        onHeap.add(checkout);
        sizeOnHeap += checkout.size();
        if (onHeap.size() > MOST_ON_HEAP || sizeOnHeap > mostSizeOnHeap) {
            writeBehind();
        }
    }

    /** When the first was received that waits, of those before {@code timeMs}. */
    OptionalLong first(long timeMs) {
        Checkout first = onHeap.peek();
        long firstMs = first == null ? firstStoredMs : Math.min(firstStoredMs, first.recordTimeMs());
        return firstMs < timeMs ? OptionalLong.of(firstMs) : OptionalLong.empty();
    }

    /**
     * Takes out what was received before {@code timeMs}, one by one in the order received; when that is more than
     * {@code most}, so many of the oldest and all of the same time as the last.
     *
     * @return the time before which all has been taken: {@code timeMs}, or earlier
     */
    long takeBefore(long timeMs, int most, Consumer<Checkout> taker) {
        long takenMs = Long.MIN_VALUE;
        int taken = 0;
        for (Checkout next = next(timeMs); next != null; next = next(timeMs)) {
            if (taken >= most && next.recordTimeMs() > takenMs) {
                return next.recordTimeMs();
            }
            onHeap.remove();
            sizeOnHeap -= next.size();
            takenMs = next.recordTimeMs();
            taken++;
            taker.accept(next);
        }
        return timeMs;
    }

    private @Nullable Checkout next(long timeMs) {
        while (isStoredFirst(timeMs)) {
            readBack(timeMs);
        }
        Checkout first = onHeap.peek();
        return first != null && first.recordTimeMs() < timeMs ? first : null;
    }

    private boolean isStoredFirst(long timeMs) {
        Checkout first = onHeap.peek();
        return firstStoredMs < timeMs && (first == null || firstStoredMs <= first.recordTimeMs());
    }

    /** The first entries that have something received before {@code timeMs}. */
    private void readBack(long timeMs) {
        List<Bytes> read = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bound(firstStoredMs), null)) {
            firstStoredMs = NEVER;
            for (int count = 0; entries.hasNext(); ) {
                long firstMs = firstMs(entries.peekNextKey());
                if (firstMs >= timeMs || count >= ENOUGH_READ_AT_ONCE) {
                    firstStoredMs = firstMs;
                    break;
                }
                KeyValue<Bytes, byte[]> entry = entries.next();
                List<Checkout> checkouts = Checkout.readAll(new BinaryReader(entry.value));
                checkouts.forEach(checkout -> sizeOnHeap += checkout.size());
                onHeap.addAll(checkouts);
                count += checkouts.size();
                read.add(entry.key);
            }
        }
        read.forEach(store::delete);
    }

    /** To be called before each commit. */
    void writeBehind() {
        List<Checkout> entry = new ArrayList<>();
        int size = 0;
        for (Checkout next = onHeap.poll(); next != null; next = onHeap.poll()) {
            if (!entry.isEmpty() && !belongsTo(entry, size, next)) {
                write(entry);
                entry.clear();
                size = 0;
            }
            entry.add(next);
            size += next.size();
        }
        if (!entry.isEmpty()) {
            write(entry);
        }
        sizeOnHeap = 0;
    }

    private static boolean belongsTo(List<Checkout> entry, int size, Checkout next) {
        return entry.size() < MOST_IN_ENTRY
                && size + next.size() <= MOST_SIZE_OF_ENTRY
                && next.recordTimeMs() - entry.get(0).recordTimeMs() <= LONGEST_ENTRY_MS;
    }

    private void write(List<Checkout> entry) {
        BinaryWriter out = new BinaryWriter();
        Checkout.writeAll(entry, out);
        Checkout first = entry.get(0);
        store.put(storeKey(entry), out.toBytes());
        firstStoredMs = Math.min(firstStoredMs, first.recordTimeMs());
    }

    /**
     * The time of the first, then what tells entries of the same first checkout apart: without exactly-once it may come again
     * after a failure, and without those that were stored with it.
     */
    private static Bytes storeKey(List<Checkout> entry) {
        Checkout first = entry.get(0);
        long content = 0;
        for (Checkout checkout : entry) {
            content = 31 * (31 * content + checkout.partition()) + checkout.offset();
        }
        return Bytes.wrap(ByteBuffer.allocate(28)
                .putLong(first.recordTimeMs())
                .putInt(first.partition())
                .putLong(first.offset())
                .putLong(content)
                .array());
    }

    private static long firstMs(Bytes storeKey) {
        return ByteBuffer.wrap(storeKey.get()).getLong();
    }

    /**
     * Times are never negative, so their big-endian bytes are in the order of time; alone, they come before every key
     * of that time.
     */
    private static Bytes bound(long timeMs) {
        return Bytes.wrap(ByteBuffer.allocate(8).putLong(timeMs).array());
    }
}
