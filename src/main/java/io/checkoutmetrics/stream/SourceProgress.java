package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.CommonClock;
import io.checkoutmetrics.window.Watermark;
import io.checkoutmetrics.window.Watermarks;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The watermarks of a stage's sources, kept in a logged store: what they promised holds after a restart. Also by the
 * sources' clocks, for how long time has stood still.
 */
final class SourceProgress {
    private static final Bytes SOURCES = Bytes.wrap("sources".getBytes(StandardCharsets.UTF_8));

    /** Heartbeats that may be missing before the time without any does not count: nobody was there. */
    private static final int LEAP = 5;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Watermarks watermarks;
    private final CommonClock clock;
    private Optional<Watermark> minimum;
    private long clockMs;
    private long movedAtMs = Long.MAX_VALUE;

    /**
     * Sources are numbered 0 to {@code sources - 1}.
     *
     * @param heartbeatMs how often a source speaks, at least
     * @throws IncompatibleStateException when the stored watermarks are of another number of sources
     */
    SourceProgress(KeyValueStore<Bytes, byte[]> store, int sources, long heartbeatMs) {
        this.store = store;
        this.watermarks = new Watermarks(sources);
        this.clock = new CommonClock(sources, LEAP * heartbeatMs);
        requireSame(sources);
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (!entry.key.equals(SOURCES)) {
                    SourceWatermark stored = SourceWatermark.readFrom(new BinaryReader(entry.value));
                    watermarks.update(stored.source(), stored.watermark());
                }
            }
        }
        minimum = watermarks.minimum();
    }

    private void requireSame(int sources) {
        byte[] stored = store.get(SOURCES);
        if (stored == null) {
            store.put(SOURCES, new BinaryWriter().number(sources).toBytes());
        } else if (new BinaryReader(stored).count() != sources) {
            throw IncompatibleStateException.partitionsChanged(new BinaryReader(stored).count(), sources);
        }
    }

    void update(SourceWatermark said) {
        Watermark kept = watermarks.update(said.source(), said.watermark());
        BinaryWriter out = new BinaryWriter();
        new SourceWatermark(said.source(), kept, said.clockMs()).writeTo(out);
        store.put(Bytes.wrap(new BinaryWriter().number(said.source()).toBytes()), out.toBytes());
        clockMs = clock.hear(said.source(), said.clockMs());
        Optional<Watermark> now = watermarks.minimum();
        boolean moved = !now.map(Watermark::timeMs).equals(minimum.map(Watermark::timeMs));
        if (moved || movedAtMs == Long.MAX_VALUE) {
            movedAtMs = clockMs;
        }
        minimum = now;
    }

    /** What all sources together have completely received; empty while one has not spoken. */
    Optional<Watermark> minimum() {
        return minimum;
    }

    /** The source that holds all others back. */
    int slowest() {
        return watermarks.slowest();
    }

    /** What time it is at the sources, as far as they have said so since the last restart. */
    long clockMs() {
        return clockMs;
    }

    /** For how long, by the sources' clocks and since the last restart, time has stood still, in milliseconds. */
    long standsStillForMs() {
        return movedAtMs == Long.MAX_VALUE ? 0 : clockMs - movedAtMs;
    }
}
