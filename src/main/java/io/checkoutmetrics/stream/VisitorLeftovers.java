package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds of visitors that is of no use any more: of a generation before the one that is counted, or of any while none
 * is, for it would be taken for all there was. It can be millions of entries, so each commit deletes some.
 */
final class VisitorLeftovers {
    private static final int AT_ONCE = 4_000;

    /** Keys from one up to another; null: no bound. */
    private record Keys(@Nullable Bytes from, @Nullable Bytes to) {}

    private final KeyValueStore<Bytes, byte[]> store;
    private final List<Keys> toLookAt;
    private boolean isSinceLeftOver;

    private VisitorLeftovers(KeyValueStore<Bytes, byte[]> store, boolean isSinceLeftOver, List<Keys> toLookAt) {
        this.store = store;
        this.isSinceLeftOver = isSinceLeftOver;
        this.toLookAt = new ArrayList<>(toLookAt);
    }

    /** Visitors are not counted. */
    static VisitorLeftovers all(KeyValueStore<Bytes, byte[]> store) {
        return new VisitorLeftovers(store, true, List.of(new Keys(null, null)));
    }

    /** @param generation the one that is counted; its keys begin with it, and are longer */
    static VisitorLeftovers besides(long generation, KeyValueStore<Bytes, byte[]> store) {
        return new VisitorLeftovers(
                store, false, List.of(new Keys(null, bytes(generation)), new Keys(bytes(generation + 1), null)));
    }

    /** To be called before each commit. */
    void deleteSome() {
        if (isSinceLeftOver) { // first, or who begins to count again halfway takes the rest for all there was
            isSinceLeftOver = false;
            if (store.get(VisitorStore.SINCE) != null) {
                store.delete(VisitorStore.SINCE);
            }
        }
        if (toLookAt.isEmpty()) {
            return;
        }
        Keys keys = toLookAt.remove(0);
        List<Bytes> found = someOf(keys);
        for (Bytes key : found) {
            if (!key.equals(VisitorStore.SINCE)) {
                store.delete(key);
            }
        }
        if (found.size() == AT_ONCE) { // going on from there, for what is deleted has to be passed by, too
            toLookAt.add(0, new Keys(found.get(AT_ONCE - 1), keys.to));
        }
    }

    private List<Bytes> someOf(Keys keys) {
        List<Bytes> some = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(keys.from, keys.to)) {
            while (some.size() < AT_ONCE && entries.hasNext()) {
                some.add(entries.next().key);
            }
        }
        return some;
    }

    private static Bytes bytes(long generation) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
    }
}
