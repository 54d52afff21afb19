package io.checkoutmetrics.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted, by key of identity, in a logged store. Whether something was seen depends on the two record
 * times alone; forgetting is only a matter of space, and goes on in small steps.
 */
final class SeenIdentities {
    private final KeyValueStore<Bytes, byte[]> store;
    private final long slackMs;
    private @Nullable Bytes sweptTo;

    /** @param slackMs how long what has run out is kept, for records that come out of order */
    SeenIdentities(KeyValueStore<Bytes, byte[]> store, long slackMs) {
        this.store = store;
        this.slackMs = slackMs;
    }

    /**
     * What is known under the key when a record of that time asks, without hits that ran out long enough before.
     * Changing it changes nothing until it is put back.
     */
    Seen get(String key, long recordTimeMs) {
        byte[] bytes = store.get(storeKey(key));
        if (bytes == null) {
            return new Seen();
        }
        Seen seen = Seen.fromBytes(bytes);
        seen.forgetHitsBefore(recordTimeMs - slackMs);
        return seen;
    }

    void put(String key, Seen seen) {
        store.put(storeKey(key), seen.toBytes());
    }

    /** Looks at so many keys, going round, and forgets those that ran out before {@code timeMs}. */
    void sweep(int count, long timeMs) {
        List<Bytes> ranOut = new ArrayList<>();
        Bytes next = null;
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(sweptTo, null)) {
            for (int i = 0; i < count && entries.hasNext(); i++) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (Seen.lastMs(entry.value) + slackMs <= timeMs) {
                    ranOut.add(entry.key);
                }
            }
            if (entries.hasNext()) {
                next = entries.peekNextKey();
            }
        }
        sweptTo = next;
        ranOut.forEach(store::delete);
    }

    private static Bytes storeKey(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }
}
