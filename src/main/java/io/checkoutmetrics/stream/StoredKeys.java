package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A sorted set of byte arrays in a part of a store: what would be too much for the heap. */
final class StoredKeys {
    private static final byte[] NOTHING = {};
    /** Of a million left by a process before, only so many are on the heap. */
    private static final int AT_ONCE = 10_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final byte part;
    private long size;

    /**
     * An empty set; what was there before is forgotten.
     *
     * @param part which nobody else uses of the store
     */
    StoredKeys(KeyValueStore<Bytes, byte[]> store, char part) {
        this.store = store;
        this.part = (byte) part;
        byte[] from = NOTHING;
        for (List<byte[]> left = first(from, AT_ONCE); !left.isEmpty(); left = first(from, AT_ONCE)) {
            left.forEach(key -> store.delete(storeKey(key)));
            from = left.get(left.size() - 1);
        }
    }

    private KeyValueIterator<Bytes, byte[]> from(byte[] key) {
        return store.range(storeKey(key), Bytes.wrap(new byte[] {(byte) (part + 1)}));
    }

    private Bytes storeKey(byte[] key) {
        return Bytes.wrap(ByteBuffer.allocate(1 + key.length).put(part).put(key).array());
    }

    long size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(byte[] key) {
        if (store.get(storeKey(key)) == null) {
            addNew(key);
        }
    }

    /** One that is surely not there yet. */
    void addNew(byte[] key) {
        store.put(storeKey(key), NOTHING);
        size++;
    }

    void remove(byte[] key) {
        if (size > 0 && store.delete(storeKey(key)) != null) {
            size--;
        }
    }

    /** Takes out the first, in their order, at most so many, of those not before {@code from}. */
    List<byte[]> take(byte[] from, int most) {
        List<byte[]> taken = first(from, most);
        taken.forEach(this::remove);
        return taken;
    }

    private List<byte[]> first(byte[] from, int most) {
        List<byte[]> first = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = from(from)) {
            while (first.size() < most && entries.hasNext()) {
                byte[] storeKey = entries.next().key.get();
                first.add(Arrays.copyOfRange(storeKey, 1, storeKey.length));
            }
        }
        return first;
    }
}
