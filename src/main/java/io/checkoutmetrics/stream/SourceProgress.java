package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.CommonClock;
import io.checkoutmetrics.window.Watermark;
import io.checkoutmetrics.window.Watermarks;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The watermarks of a stage's sources, written to a logged store before each commit: what they promised holds after a
 * restart. Also by the sources' clocks, for how long time has stood still.
 */
final class SourceProgress {
    private static final Bytes SOURCES = Bytes.wrap("sources".getBytes(StandardCharsets.UTF_8));

    /** Heartbeats that may be missing before the time without any does not count: nobody was there. */
    private static final int LEAP = 5;

    private final KeyValueStore<Bytes, byte[]> store;
    private final @Nullable SourceWatermark[] said;
    private final Watermarks watermarks;
    private final CommonClock clock;
    private Optional<Watermark> minimum;
    private boolean isChanged;
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
        this.said = new SourceWatermark[sources];
        this.watermarks = new Watermarks(sources);
        this.clock = new CommonClock(sources, LEAP * heartbeatMs);
        byte[] stored = store.get(SOURCES);
        if (stored == null) {
            isChanged = true;
        } else {
            restore(new BinaryReader(stored), sources);
        }
        minimum = watermarks.minimum();
    }

    private void restore(BinaryReader in, int sources) {
        int before = in.count();
        if (before != sources) {
            throw IncompatibleStateException.partitionsChanged(before, sources);
        }
        while (in.hasMore()) {
            remember(SourceWatermark.readFrom(in));
        }
    }

    void update(SourceWatermark heard) {
        remember(heard);
        isChanged = true;
        clockMs = clock.hear(heard.source(), heard.clockMs());
        Optional<Watermark> now = watermarks.minimum();
        boolean moved = !now.map(Watermark::timeMs).equals(minimum.map(Watermark::timeMs));
        if (moved || movedAtMs == Long.MAX_VALUE) {
            movedAtMs = clockMs;
        }
        minimum = now;
    }

    private void remember(SourceWatermark heard) {
        Watermark kept = watermarks.update(heard.source(), heard.watermark());
        said[heard.source()] = new SourceWatermark(heard.source(), kept, heard.clockMs());
    }

    /** To be called before each commit. */
    void writeBehind() {
        if (!isChanged) {
            return;
        }
        isChanged = false;
        BinaryWriter out = new BinaryWriter().number(said.length);
        for (SourceWatermark one : said) {
            if (one != null) {
                one.writeTo(out);
            }
        }
        store.put(SOURCES, out.toBytes());
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
