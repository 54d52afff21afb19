package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted, by identity, each until a moment of record time. Whether something was seen depends on the two
 * record times alone; forgetting is only a matter of space, and goes on in small steps.
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

    boolean contains(String identity, long recordTimeMs) {
        byte[] until = store.get(storeKey(identity));
        return until != null && recordTimeMs < ByteBuffer.wrap(until).getLong();
    }

    void remember(String identity, long untilMs) {
        store.put(storeKey(identity), ByteBuffer.allocate(8).putLong(untilMs).array());
    }

    /** Looks at so many identities, going round, and forgets those that ran out before {@code timeMs}. */
    void sweep(int count, long timeMs) {
        List<Bytes> ranOut = new ArrayList<>();
        Bytes next = null;
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(sweptTo, null)) {
            for (int i = 0; i < count && entries.hasNext(); i++) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (ByteBuffer.wrap(entry.value).getLong() + slackMs <= timeMs) {
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

    private static Bytes storeKey(String identity) {
        return Bytes.wrap(identity.getBytes(StandardCharsets.UTF_8));
    }
}
