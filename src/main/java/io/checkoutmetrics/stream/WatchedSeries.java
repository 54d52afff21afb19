package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Slices;
import java.util.Map;
import java.util.Set;
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

    /** Some tenths of a second: transactions must not take many. */
    private static final int MOST_STEPS_OF_A_COMMIT = 500_000;

    private static final long SHORTEST_STEP_MS = 1_000;
    private static final long MINUTE_MS = 60_000;

    private final Settings.Alerts settings;
    private final Set<String> named;
    private final Outcomes outcomes;
    private final KeyValueStore<Bytes, byte[]> store;
    private final BiConsumer<Bytes, Published> taker;
    private final long stepMs;
    private final TreeMap<Bytes, WatchedOne> all = new TreeMap<>();
    private long completeToMs = Long.MIN_VALUE;
    private int stepsLeft = MOST_STEPS_OF_A_COMMIT;
    private boolean isBehind;
    private @Nullable Bytes judgedLast;
    private boolean isFull;

    WatchedSeries(
            Settings settings,
            Outcomes outcomes,
            KeyValueStore<Bytes, byte[]> store,
            BiConsumer<Bytes, Published> taker) {
        this.settings = settings.alerts();
        this.named = settings.hits().reportSuites();
        this.outcomes = outcomes;
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
        for (SliceCounts slice : received.slices()) {
            add(series, slice, slice.counts().checkouts(), 0);
        }
    }

    @Override
    public void hits(Bytes series, SeriesCounts counts) {
        if (!SeriesKey.isOfTotal(series.get())) {
            return;
        }
        for (SliceCounts slice : counts.slices()) {
            if (slice.counts().hits() > 0) {
                add(series, slice, 0, slice.counts().hits());
            }
        }
    }

    private void add(Bytes series, SliceCounts slice, long checkouts, long hits) {
        WatchedOne one = find(series);
        if (one == null) {
            outcomes.unwatched(checkouts + hits);
        } else {
            one.add(step(slice), completeToMs, checkouts, hits);
        }
    }

    private long step(SliceCounts slice) {
        return Slices.floor(slice.startMs(), stepMs);
    }

    private @Nullable WatchedOne find(Bytes series) {
        WatchedOne found = all.get(series);
        if (found == null && (all.size() < MOST || isNamed(series))) {
            found = WatchedOne.begun(series, settings, stepMs);
            all.put(series, found);
        } else if (found == null && !isFull) {
            isFull = true;
            LOG.warn("more than {} series of one partition to watch: those that come later raise no alerts", MOST);
        }
        return found;
    }

    /** Report suites that the settings name are watched, whatever was sent before. */
    private boolean isNamed(Bytes series) {
        Series one = SeriesKey.parse(series.get());
        return one.isTotal() && named.contains(one.reportSuite());
    }

    @Override
    public void moveTo(long timeMs) {
        long toMs = Slices.floor(timeMs, stepMs);
        if (toMs > completeToMs || isBehind) {
            completeToMs = Math.max(toMs, completeToMs);
            isBehind = !judgeEach();
        }
    }

    @Override
    public void finish() {
        while (isBehind) {
            stepsLeft = MOST_STEPS_OF_A_COMMIT;
            isBehind = !judgeEach();
        }
    }

    /** One after the other, beginning where it was left; returns whether all are judged. */
    private boolean judgeEach() {
        for (int left = all.size(); left > 0; left--) {
            WatchedOne one = next();
            stepsLeft -= one.moveTo(
                    completeToMs, stepsLeft, alert -> taker.accept(one.series(), new Published.Alert(alert)));
            if (!one.isJudgedTo(completeToMs)) {
                return false;
            }
            judgedLast = one.series();
            if (one.isForgotten(completeToMs)) {
                one.deleteFrom(store);
                taker.accept(one.series(), new Published.Alert(null));
                all.remove(one.series());
            }
        }
        return true;
    }

    private WatchedOne next() {
        Map.Entry<Bytes, WatchedOne> next = judgedLast == null ? null : all.higherEntry(judgedLast);
        return (next == null ? all.firstEntry() : next).getValue();
    }

    @Override
    public void writeBehind() {
        stepsLeft = MOST_STEPS_OF_A_COMMIT;
        all.values().forEach(one -> one.writeTo(store));
    }
}
