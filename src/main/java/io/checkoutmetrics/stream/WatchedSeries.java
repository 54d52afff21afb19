package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Slices;
import java.util.Iterator;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watched series of a partition: every report suite's total, and the items asked for. Each second of them is judged once
 * all that was received in it is known, by the time received: what was received before a watermark is the same whenever
 * and however fast it is read, so a replay finds what was found when it happened.
 */
final class WatchedSeries implements Watching {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSeries.class);

    /** In a partition; some 15 KB of the heap each. */
    private static final int MOST = 2_000;

    private static final long SHORTEST_STEP_MS = 1_000;
    private static final long MINUTE_MS = 60_000;

    private final Settings.Alerts settings;
    private final KeyValueStore<Bytes, byte[]> store;
    private final BiConsumer<Bytes, Published> taker;
    private final long stepMs;
    private final TreeMap<Bytes, WatchedOne> all = new TreeMap<>();
    private long judgedToMs = Long.MIN_VALUE;
    private boolean isFull;

    WatchedSeries(Settings settings, KeyValueStore<Bytes, byte[]> store, BiConsumer<Bytes, Published> taker) {
        this.settings = settings.alerts();
        this.store = store;
        this.taker = taker;
        this.stepMs = stepMs(settings.rolling().sliceMs());
        restore();
    }

    /** Whole slices, a second or a little more, that tile minutes. */
    static long stepMs(long sliceMs) {
        long step = sliceMs * Math.max(1, (SHORTEST_STEP_MS + sliceMs - 1) / sliceMs);
        while (MINUTE_MS % step != 0) {
            step += sliceMs;
        }
        return step;
    }

    private void restore() {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (WatchedOne.isItsState(entry.key)) {
                    Bytes series = WatchedOne.seriesOf(entry.key);
                    all.put(series, WatchedOne.restored(series, settings, stepMs, store));
                }
            }
        }
    }

    @Override
    public void checkouts(Bytes series, SeriesCounts received) {
        WatchedOne one = find(series);
        if (one != null) {
            for (SliceCounts slice : received.slices()) {
                one.add(step(slice), slice.counts().checkouts(), 0);
            }
        }
    }

    @Override
    public void hits(Bytes series, SeriesCounts counts) {
        if (!SeriesKey.isOfTotal(series.get())) {
            return;
        }
        for (SliceCounts slice : counts.slices()) {
            if (slice.counts().hits() > 0) {
                WatchedOne one = find(series);
                if (one != null) {
                    one.add(step(slice), 0, slice.counts().hits());
                }
            }
        }
    }

    private long step(SliceCounts slice) {
        return Slices.floor(slice.startMs(), stepMs);
    }

    private @Nullable WatchedOne find(Bytes series) {
        WatchedOne found = all.get(series);
        if (found == null && all.size() < MOST) {
            found = WatchedOne.begun(series, settings, stepMs);
            all.put(series, found);
        } else if (found == null && !isFull) {
            isFull = true;
            LOG.warn("more than {} series of one partition to watch: those that come later raise no alerts", MOST);
        }
        return found;
    }

    @Override
    public void moveTo(long timeMs) {
        long toMs = Slices.floor(timeMs, stepMs);
        if (toMs <= judgedToMs) {
            return;
        }
        judgedToMs = toMs;
        for (Iterator<WatchedOne> each = all.values().iterator(); each.hasNext(); ) {
            WatchedOne one = each.next();
            one.moveTo(toMs, alert -> taker.accept(one.series(), new Published.Alert(alert)));
            if (one.isForgotten(toMs)) {
                one.deleteFrom(store);
                taker.accept(one.series(), new Published.Alert(null));
                each.remove();
            }
        }
    }

    @Override
    public void writeBehind() {
        all.values().forEach(one -> one.writeTo(store));
    }
}
