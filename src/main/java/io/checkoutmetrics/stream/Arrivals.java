package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one input partition has received and not yet handed on: hits by report suite and slice, and how far its time has
 * come. Every change goes through to a logged store at once, since a commit may come between any two hits.
 */
final class Arrivals {
    private static final Bytes TIME = Bytes.wrap(new byte[] {'t'});

    private record TallyKey(String reportSuite, long sliceStartMs) {}

    private static final class Tally {
        private final Bytes storeKey;
        private long hits;

        private Tally(Bytes storeKey) {
            this.storeKey = storeKey;
        }
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<TallyKey, Tally> tallies = new HashMap<>();
    private long newestRecordMs = Long.MIN_VALUE;
    private @Nullable Watermark passedOn;

    Arrivals(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        restore();
    }

    private void restore() {
        byte[] time = store.get(TIME);
        if (time != null) {
            BinaryReader in = new BinaryReader(time);
            newestRecordMs = in.number();
            if (in.tag() == 1) {
                passedOn = SourceWatermark.readFrom(in).watermark();
            }
        }
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (!entry.key.equals(TIME)) {
                    restoreTally(entry.key, new BinaryReader(entry.value));
                }
            }
        }
    }

    private void restoreTally(Bytes key, BinaryReader in) {
        HitTally stored = HitTally.readFrom(in);
        Tally tally = new Tally(key);
        tally.hits = stored.hits();
        tallies.put(new TallyKey(stored.reportSuite(), stored.sliceStartMs()), tally);
        newestRecordMs = Math.max(newestRecordMs, in.number());
    }

    /** Readable hits of a report suite came, the newest record among all that came with them received at that time. */
    void hits(HitTally came, long newestMs) {
        newestRecordMs = Math.max(newestRecordMs, newestMs);
        TallyKey key = new TallyKey(came.reportSuite(), came.sliceStartMs());
        Tally tally = tallies.get(key);
        if (tally == null) {
            tally = new Tally(storeKey(key));
            tallies.put(key, tally);
        }
        tally.hits += came.hits();
        BinaryWriter out = new BinaryWriter();
        new HitTally(came.reportSuite(), came.sliceStartMs(), tally.hits).writeTo(out);
        store.put(tally.storeKey, out.number(newestRecordMs).toBytes());
    }

    /** Something unreadable came: it is nobody's hit, but time moves. */
    void unreadable(long recordMs) {
        if (recordMs > newestRecordMs) {
            newestRecordMs = recordMs;
            storeTime();
        }
    }

    /** The newest time of a record received, if any came. */
    OptionalLong newestRecordMs() {
        return newestRecordMs == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newestRecordMs);
    }

    /** The watermark passed on last. */
    @Nullable
    Watermark passedOn() {
        return passedOn;
    }

    boolean hasTallies() {
        return !tallies.isEmpty();
    }

    /** Hands on all tallies, and remembers the watermark that is to follow them. */
    void flush(Watermark watermark, Consumer<HitTally> next) {
        List<HitTally> out = new ArrayList<>(tallies.size());
        tallies.forEach((key, tally) -> {
            out.add(new HitTally(key.reportSuite, key.sliceStartMs, tally.hits));
            store.delete(tally.storeKey);
        });
        tallies.clear();
        passedOn = watermark;
        storeTime();
        out.forEach(next);
    }

    private void storeTime() {
        BinaryWriter out = new BinaryWriter().number(newestRecordMs);
        Watermark watermark = passedOn;
        if (watermark == null) {
            out.tag(0);
        } else {
            new SourceWatermark(0, watermark, 0).writeTo(out.tag(1));
        }
        store.put(TIME, out.toBytes());
    }

    private static Bytes storeKey(TallyKey key) {
        return Bytes.wrap(new BinaryWriter()
                .tag('h')
                .number(key.sliceStartMs)
                .text(key.reportSuite)
                .toBytes());
    }
}
