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
 * The windowed state store: counts of each series in slices of each width that a window slides by or an interval has.
 * Ordered by width, then time, then series, so that the slices which enter or leave a window at one moment, of all
 * series, lie side by side: what Kafka's window stores, ordered by key first, would have to search for.
 */
final class SliceStore {
    private static final int TIME_AT = 8;
    private static final int SERIES_AT = 16;

    private final KeyValueStore<Bytes, byte[]> store;
    /** By width, where the slices start that any series has: with it, nobody looks into the store where nothing is. */
    private final Map<Long, TreeSet<Long>> startsByWidthMs = new HashMap<>();

    SliceStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                Bytes key = entries.next().key;
                starts(ByteBuffer.wrap(key.get()).getLong()).add(startOf(key));
            }
        }
    }

    private TreeSet<Long> starts(long widthMs) {
        return startsByWidthMs.computeIfAbsent(widthMs, none -> new TreeSet<>());
    }

    /** Takes one slice of one series. */
    interface Taker {
        void take(Bytes seriesKey, long startMs, Counts counts);
    }

    /** Adds to the slice of that width which holds {@code timeMs}. */
    void add(long widthMs, long timeMs, Bytes seriesKey, Counts counts) {
        long startMs = Slices.floor(timeMs, widthMs);
        starts(widthMs).add(startMs);
        Bytes key = storeKey(widthMs, startMs, seriesKey);
        byte[] before = store.get(key);
        Counts sum = before == null
                ? counts
                : CountsFormat.read(new BinaryReader(before)).plus(counts);
        store.put(key, CountsFormat.toBytes(sum));
    }

    /** Gives all slices of that width that start in {@code [fromMs, toMs)}, in the order of time, then series. */
    void range(long widthMs, long fromMs, long toMs, Taker taker) {
        if (fromMs >= toMs || starts(widthMs).subSet(fromMs, toMs).isEmpty()) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bound(widthMs, fromMs), bound(widthMs, toMs))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                taker.take(seriesOf(entry.key), startOf(entry.key), CountsFormat.read(new BinaryReader(entry.value)));
            }
        }
    }

    /** Start of the first slice of that width at or after {@code fromMs}. */
    OptionalLong firstAtOrAfter(long widthMs, long fromMs) {
        Long first = starts(widthMs).ceiling(fromMs);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** Forgets all slices of that width that start in {@code [fromMs, toMs)}. */
    void forget(long widthMs, long fromMs, long toMs) {
        if (fromMs < toMs) {
            NavigableSet<Long> startsMs = starts(widthMs).subSet(fromMs, true, toMs, false);
            startsMs.forEach(startMs -> forgetStart(widthMs, startMs));
            startsMs.clear();
        }
    }

    /**
     * Reads all before it deletes the first: a delete may make the engine's cache evict entries, which an open iterator
     * would then pass over.
     */
    private void forgetStart(long widthMs, long startMs) {
        List<Bytes> keys = new ArrayList<>();
        range(widthMs, startMs, startMs + 1, (series, start, counts) -> keys.add(storeKey(widthMs, startMs, series)));
        keys.forEach(store::delete);
    }

    private static Bytes storeKey(long widthMs, long startMs, Bytes seriesKey) {
        return Bytes.wrap(ByteBuffer.allocate(SERIES_AT + seriesKey.get().length)
                .putLong(widthMs)
                .putLong(startMs)
                .put(seriesKey.get())
                .array());
    }

    /**
     * Comes before every slice that starts at {@code startMs} or later; a time before the epoch is as good as the
     * epoch.
     */
    private static Bytes bound(long widthMs, long startMs) {
        return Bytes.wrap(ByteBuffer.allocate(SERIES_AT)
                .putLong(widthMs)
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
