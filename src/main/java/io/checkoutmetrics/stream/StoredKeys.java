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
        List<Bytes> before = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = from(NOTHING)) {
            while (entries.hasNext()) {
                before.add(entries.next().key);
            }
        }
        before.forEach(store::delete);
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
        Bytes storeKey = storeKey(key);
        if (store.get(storeKey) == null) {
            store.put(storeKey, NOTHING);
            size++;
        }
    }

    void remove(byte[] key) {
        if (size > 0 && store.delete(storeKey(key)) != null) {
            size--;
        }
    }

    /** Takes out the first, in their order, at most so many, of those not before {@code from}. */
    List<byte[]> take(byte[] from, int most) {
        List<byte[]> taken = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = from(from)) {
            while (taken.size() < most && entries.hasNext()) {
                byte[] storeKey = entries.next().key.get();
                taken.add(Arrays.copyOfRange(storeKey, 1, storeKey.length));
            }
        }
        taken.forEach(this::remove);
        return taken;
    }
}
