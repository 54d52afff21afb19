package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What was received for one shard and is not handed on yet. At most about as much as one record should carry, unless it
 * is a single huge checkout.
 */
final class HeldArrivals {
    static final int MOST_CHECKOUTS = 500;
    /** As {@link Checkout#size()} has it: at most three times as many on the topic, far less than a broker takes. */
    static final int MOST_SIZE = 100_000;

    private static final int SIZE_OF_TALLY = 20;

    private record TallyKey(String reportSuite, long sliceStartMs) {}

    private final Bytes storeKey;
    private final List<Checkout> checkouts = new ArrayList<>();
    private final Map<TallyKey, Long> tallies = new LinkedHashMap<>();
    private int size;
    private boolean isStored;
    private boolean isChanged;

    /** @param storeKey of the entry that it is written to before a commit */
    HeldArrivals(Bytes storeKey) {
        this.storeKey = storeKey;
    }

    /** Whether something more of that size belongs into the next bundle. */
    boolean isFullFor(int more) {
        return checkouts.size() >= MOST_CHECKOUTS || !isEmpty() && size + more > MOST_SIZE;
    }

    static int sizeOf(HitTally tally) {
        return tally.reportSuite().length() + SIZE_OF_TALLY;
    }

    void add(Checkout checkout) {
        checkouts.add(checkout);
        size += checkout.size();
        isChanged = true;
    }

    void add(HitTally tally) {
        TallyKey key = new TallyKey(tally.reportSuite(), tally.sliceStartMs());
        if (tallies.merge(key, tally.hits(), Long::sum) == tally.hits()) {
            size += sizeOf(tally);
        }
        isChanged = true;
    }

    boolean isEmpty() {
        return checkouts.isEmpty() && tallies.isEmpty();
    }

    private ArrivalsBundle bundle() {
        List<HitTally> all = new ArrayList<>(tallies.size());
        tallies.forEach((key, hits) -> all.add(new HitTally(key.reportSuite, key.sliceStartMs, hits)));
        return new ArrivalsBundle(checkouts, all);
    }

    ArrivalsBundle take() {
        ArrivalsBundle bundle = bundle();
        checkouts.clear();
        tallies.clear();
        size = 0;
        isChanged = true;
        return bundle;
    }

    void restore(ArrivalsBundle stored) {
        stored.checkouts().forEach(this::add);
        stored.tallies().forEach(this::add);
        isStored = true;
        isChanged = false;
    }

    /** Brings the store to what is held now. What came and went since the commit before leaves no trace there. */
    void writeTo(KeyValueStore<Bytes, byte[]> store) {
        if (!isChanged) {
            return;
        }
        isChanged = false;
        if (!isEmpty()) {
            BinaryWriter out = new BinaryWriter();
            bundle().writeTo(out);
            store.put(storeKey, out.toBytes());
        } else if (isStored) {
            store.delete(storeKey);
        }
        isStored = !isEmpty();
    }
}
