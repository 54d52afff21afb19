package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Slices;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The windowed state store: counts of each series in slices of each kind that a window slides by or an interval is.
 * Ordered by kind, then time, then series, so that the slices which enter or leave a window at one moment, of all
 * series, lie side by side: what Kafka's window stores, ordered by key first, would have to search for.
 */
final class SliceStore {
    private static final int TIME_AT = 8;
    private static final int SERIES_AT = 16;

    private final KeyValueStore<Bytes, byte[]> store;
    /** By kind, where the slices start that any series has: with it, nobody looks into the store where nothing is. */
    private final Map<Long, TreeSet<Long>> startsByKind = new HashMap<>();

    private final Map<Bytes, Counts> added = new HashMap<>();

    SliceStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                Bytes key = entries.next().key;
                starts(ByteBuffer.wrap(key.get()).getLong()).add(startOf(key));
            }
        }
    }

    private TreeSet<Long> starts(Slices kind) {
        return starts(kind.id());
    }

    private TreeSet<Long> starts(long kindId) {
        return startsByKind.computeIfAbsent(kindId, none -> new TreeSet<>());
    }

    /** Takes one slice of one series. */
    interface Taker {
        void take(Bytes seriesKey, long startMs, Counts counts);
    }

    /** Adds to the slice of that kind which holds {@code timeMs}. */
    void add(Slices kind, long timeMs, Bytes seriesKey, Counts counts) {
        long startMs = kind.startOf(timeMs);
        starts(kind).add(startMs);
        Bytes key = storeKey(kind, startMs, seriesKey);
        added.merge(key, counts, Counts::plus);
    }

    /** Writes what was added since the last call: it is neither found nor kept before. */
    void store() {
        added.forEach((key, counts) -> {
            byte[] before = store.get(key);
            Counts sum = before == null
                    ? counts
                    : CountsFormat.read(new BinaryReader(before)).plus(counts);
            store.put(key, CountsFormat.toBytes(sum));
        });
        added.clear();
    }

    /** Gives all slices of that kind that start in {@code [fromMs, toMs)}, in the order of time, then series. */
    void range(Slices kind, long fromMs, long toMs, Taker taker) {
        if (fromMs >= toMs || starts(kind).subSet(fromMs, toMs).isEmpty()) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bound(kind, fromMs), bound(kind, toMs))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                taker.take(seriesOf(entry.key), startOf(entry.key), CountsFormat.read(new BinaryReader(entry.value)));
            }
        }
    }

    /** Start of the first slice of that kind at or after {@code fromMs}. */
    OptionalLong firstAtOrAfter(Slices kind, long fromMs) {
        Long first = starts(kind).ceiling(fromMs);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** Forgets all slices of that kind that start in {@code [fromMs, toMs)}. */
    void forget(Slices kind, long fromMs, long toMs) {
        if (fromMs < toMs) {
            NavigableSet<Long> startsMs = starts(kind).subSet(fromMs, true, toMs, false);
            startsMs.forEach(startMs -> forgetStart(kind, startMs));
            startsMs.clear();
        }
    }

    /**
     * Reads all before it deletes the first: a delete may make the engine's cache evict entries, which an open iterator
     * would then pass over.
     */
    private void forgetStart(Slices kind, long startMs) {
        List<Bytes> keys = new ArrayList<>();
        range(kind, startMs, startMs + 1, (series, start, counts) -> keys.add(storeKey(kind, startMs, series)));
        keys.forEach(store::delete);
    }

    private static Bytes storeKey(Slices kind, long startMs, Bytes seriesKey) {
        return Bytes.wrap(ByteBuffer.allocate(SERIES_AT + seriesKey.get().length)
                .putLong(kind.id())
                .putLong(startMs)
                .put(seriesKey.get())
                .array());
    }

    /**
     * Comes before every slice that starts at {@code startMs} or later; a time before the epoch is as good as the
     * epoch.
     */
    private static Bytes bound(Slices kind, long startMs) {
        return Bytes.wrap(ByteBuffer.allocate(SERIES_AT)
                .putLong(kind.id())
                .putLong(Math.max(0, startMs))
                .array());
    }

    private static long startOf(Bytes storeKey) {
        return ByteBuffer.wrap(storeKey.get()).getLong(TIME_AT);
    }

    private static Bytes seriesOf(Bytes storeKey) {
        byte[] key = storeKey.get();
        return Bytes.wrap(Arrays.copyOfRange(key, SERIES_AT, key.length));
    }
}
