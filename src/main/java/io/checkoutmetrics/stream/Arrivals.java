package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one input partition has received and not yet handed on, by the shard it is for, and how far its time has come.
 * Until a watermark says that a checkout is complete with what came before, no shard can do anything with it; so it waits
 * here, and goes out with others. A logged store has all this at each commit, and nothing of what comes and goes between.
 */
final class Arrivals {
    private static final Bytes TIME = Bytes.wrap(new byte[] {'t'});

    private static final int MOST_SUITES = 4_096;

    /** Takes what is handed on. */
    interface Next {
        void send(int shard, ArrivalsBundle bundle);
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final Next next;
    private final List<HeldArrivals> held;
    private final Map<String, Integer> shardOfSuite = new HashMap<>();
    private long newestRecordMs = Long.MIN_VALUE;
    private @Nullable Watermark passedOn;
    private boolean isTimeChanged;

    /** Shards are numbered 0 to {@code shards - 1}. */
    Arrivals(KeyValueStore<Bytes, byte[]> store, int shards, Next next) {
        this.store = store;
        this.next = next;
        this.held = IntStream.range(0, shards)
                .mapToObj(shard -> new HeldArrivals(storeKey(shard)))
                .toList();
        restore();
    }

    private void restore() {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                BinaryReader in = new BinaryReader(entry.value);
                if (entry.key.equals(TIME)) {
                    restoreTime(in);
                } else {
                    restoreHeld(shardOf(entry.key), in);
                }
            }
        }
    }

    private void restoreTime(BinaryReader in) {
        newestRecordMs = in.number();
        if (in.tag() == 1) {
            passedOn = SourceWatermark.readFrom(in).watermark();
        }
    }

    private void restoreHeld(int shard, BinaryReader in) {
        if (shard >= held.size()) {
            throw IncompatibleStateException.partitionsChanged(shard + 1, held.size());
        }
        held.get(shard).restore(ArrivalsBundle.readFrom(in));
    }

    /** Readable hits of a report suite came, the newest record among all that came with them received at that time. */
    void hits(HitTally came, long newestMs) {
        newestAt(newestMs);
        int shard = shardOf(came.reportSuite());
        roomFor(HeldArrivals.sizeOf(came), shard).add(came);
    }

    private int shardOf(String reportSuite) {
        if (shardOfSuite.size() >= MOST_SUITES) {
            shardOfSuite.clear();
        }
        return shardOfSuite.computeIfAbsent(
                reportSuite, suite -> Addresses.partitionOf(suite.getBytes(StandardCharsets.UTF_8), held.size()));
    }

    /** A checkout came, which one shard has to judge together with all others that have the same key. */
    void checkout(byte[] shardKey, Checkout came) {
        roomFor(came.size(), Addresses.partitionOf(shardKey, held.size())).add(came);
    }

    private HeldArrivals roomFor(int size, int shard) {
        HeldArrivals forShard = held.get(shard);
        if (forShard.isFullFor(size)) {
            next.send(shard, forShard.take());
        }
        return forShard;
    }

    /** Something came at that time, be it readable or not: time moves. */
    void newestAt(long recordMs) {
        if (recordMs > newestRecordMs) {
            newestRecordMs = recordMs;
            isTimeChanged = true;
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

    boolean isHolding() {
        return held.stream().anyMatch(forShard -> !forShard.isEmpty());
    }

    /** Hands on all that is held, and remembers the watermark that is to follow it. */
    void flush(Watermark watermark) {
        passedOn = watermark;
        isTimeChanged = true;
        for (int shard = 0; shard < held.size(); shard++) {
            if (!held.get(shard).isEmpty()) {
                next.send(shard, held.get(shard).take());
            }
        }
    }

    /** To be called before each commit. */
    void writeBehind() {
        held.forEach(forShard -> forShard.writeTo(store));
        if (isTimeChanged) {
            storeTime();
            isTimeChanged = false;
        }
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

    private static Bytes storeKey(int shard) {
        return Bytes.wrap(new BinaryWriter().tag('s').number(shard).toBytes());
    }

    private static int shardOf(Bytes storeKey) {
        BinaryReader in = new BinaryReader(storeKey.get());
        in.tag();
        return in.count();
    }
}
