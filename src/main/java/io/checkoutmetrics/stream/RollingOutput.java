package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.CheckoutRecords;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Watermark;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * What subscribers are told of the series of a partition: those that changed, and totals now and then although they did
 * not, as a sign of life. Zero is news as long as it lasts, and so is that nothing is known.
 */
final class RollingOutput {
    private final CheckoutRecords records;
    private final SeriesStore seriesStore;
    private final BiConsumer<Bytes, Published> taker;
    private final long aliveMs;
    private final TreeSet<Bytes> totals = new TreeSet<>();
    private long totalsToldAtMs = Long.MIN_VALUE;
    /** Whether totals may be known as stalled: after a restart nobody can say. */
    private boolean maySayStalled = true;

    RollingOutput(Settings settings, SeriesStore seriesStore, BiConsumer<Bytes, Published> taker) {
        this.records = new CheckoutRecords(
                settings.rolling().windows(), settings.hits().cartValue());
        this.aliveMs = settings.pace().publishAlive().toMillis();
        this.seriesStore = seriesStore;
        this.taker = taker;
        seriesStore.forEachStoredKey(this::heardOf);
    }

    /** Something was counted for a series. */
    void heardOf(Bytes key) {
        if (SeriesKey.isOfTotal(key.get())) {
            totals.add(key);
        }
    }

    /** Tells of one series as of a moment; of an item with nothing in any window, that it is gone. */
    void tell(Bytes key, long asOfMs, Watermark.Mood mood) {
        RollingSeries known = seriesStore.get(key);
        if (known == null
                || !hasBegun(known)
                || !known.telling().isChanged() && known.telling().asOfMs() >= asOfMs) {
            return;
        }
        RollingSeries sums = seriesStore.change(key);
        if (sums.telling().asOfMs() >= asOfMs) {
            sums.telling().correct();
        }
        if (sums.isZero() && !sums.name().isTotal()) {
            sums.forgetTelling();
            taker.accept(key, new Published.Rolling(null));
            return;
        }
        publish(sums, asOfMs, status(sums, asOfMs, mood));
    }

    /** Time has come to something that was counted for it. */
    private static boolean hasBegun(RollingSeries series) {
        return series.telling().isKnown() || series.telling().isChanged();
    }

    /** Totals that have not changed for long, while time goes on with the clock. */
    void tellAlive(long asOfMs, Watermark.Mood mood) {
        for (Bytes key : totals) {
            RollingSeries sums = seriesStore.get(key);
            if (sums != null
                    && !sums.telling().isChanged()
                    && (maySayStalled || asOfMs - sums.telling().asOfMs() >= aliveMs)) {
                tell(key, asOfMs, mood);
            }
        }
        maySayStalled = false;
    }

    /** While history is caught up with, only the totals, by the clock: they say how far it has come. */
    void tellHowFar(long asOfMs, long clockMs) {
        if (isDue(clockMs)) {
            totals.forEach(key -> tell(key, asOfMs, Watermark.Mood.BEHIND));
        }
    }

    /** Time stands still: what is known is as of that moment, and nothing newer. */
    void tellStalled(long asOfMs, long clockMs) {
        if (isDue(clockMs)) {
            maySayStalled = true;
            for (Bytes key : totals) {
                RollingSeries sums = seriesStore.change(key);
                if (sums.telling().asOfMs() >= asOfMs) {
                    sums.telling().again();
                }
                if (hasBegun(sums)) {
                    publish(sums, asOfMs, Status.STALLED);
                }
            }
        }
    }

    /** An interval is closed: what was counted in it is final. */
    void tellFinal(RollingSeries series, long startMs, long endMs, Counts counts) {
        taker.accept(
                series.key(),
                new Published.Final(records.interval(
                        series.name(),
                        startMs,
                        endMs,
                        counts,
                        series.visitors().inInterval(startMs, endMs, counts.checkouts()))));
    }

    private boolean isDue(long clockMs) {
        if (totalsToldAtMs == Long.MIN_VALUE) {
            totalsToldAtMs = clockMs - aliveMs;
        }
        boolean isDue = clockMs - totalsToldAtMs >= aliveMs;
        if (isDue) {
            totalsToldAtMs = clockMs;
        }
        return isDue;
    }

    private void publish(RollingSeries sums, long asOfMs, Status status) {
        Published.Rolling rolling = new Published.Rolling(records.rolling(
                sums.name(),
                sums.sums(),
                sums.visitors().inWindows(sums.sums(), asOfMs),
                asOfMs,
                sums.telling().revision(),
                status,
                sums.lastCheckoutAtMs(),
                sums.isBesideLowTraffic(asOfMs)));
        sums.telling().done(asOfMs);
        taker.accept(sums.key(), rolling);
    }

    private Status status(RollingSeries sums, long asOfMs, Watermark.Mood mood) {
        if (mood == Watermark.Mood.IDLE) {
            return Status.INPUT_IDLE;
        }
        if (sums.telling().isCorrected()) {
            return Status.CORRECTED;
        }
        return records.completesAWindow(asOfMs) ? Status.ON_TIME : Status.EARLY;
    }
}
