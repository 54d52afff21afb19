package io.checkoutmetrics.stream;

import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts of slices that time has not come to. One shard may be ahead of the others, after a pause by hours: what it has
 * counted waits here until all have come as far, so that what is published as of a moment holds nothing of the time
 * after
 * its slice. A logged store, ordered by time, then series.
 */
final class AheadStore {
    private static final int SERIES_AT = 8;

    private final KeyValueStore<Bytes, byte[]> store;
    private final TreeSet<Long> starts = new TreeSet<>();

    AheadStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                starts.add(ByteBuffer.wrap(entries.next().key.get()).getLong());
            }
        }
    }

    void add(Bytes seriesKey, SliceCounts slice) {
        starts.add(slice.startMs());
        Bytes key = Bytes.wrap(ByteBuffer.allocate(SERIES_AT + seriesKey.get().length)
                .putLong(slice.startMs())
                .put(seriesKey.get())
                .array());
        byte[] before = store.get(key);
        SliceCounts sum = before == null
                ? slice
                : SliceCounts.readFrom(new BinaryReader(before)).plus(slice);
        BinaryWriter out = new BinaryWriter();
        sum.writeTo(out);
        store.put(key, out.toBytes());
    }

    /** Start of the first slice that waits. */
    OptionalLong first() {
        return starts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(starts.first());
    }

    /** Takes out all slices that start before {@code timeMs}, in the order of time, then series. */
    void takeBefore(long timeMs, BiConsumer<Bytes, SliceCounts> taker) {
        if (starts.headSet(timeMs).isEmpty()) {
            return;
        }
        List<Bytes> taken = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bound(starts.first()), bound(timeMs))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                byte[] key = entry.key.get();
                taken.add(entry.key);
                taker.accept(
                        Bytes.wrap(Arrays.copyOfRange(key, SERIES_AT, key.length)),
                        SliceCounts.readFrom(new BinaryReader(entry.value)));
            }
        }
        taken.forEach(store::delete);
        starts.headSet(timeMs).clear();
    }

    private static Bytes bound(long startMs) {
        return Bytes.wrap(ByteBuffer.allocate(SERIES_AT).putLong(startMs).array());
    }
}
