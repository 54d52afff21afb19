package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.CheckoutRecords;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Watermark;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Stage 3, for the series of one partition: adds what was counted to their slices, and as time moves rolls their
 * windows,
 * publishes the series that changed, and closes intervals. Driven by records alone.
 */
final class Roll implements Processor<byte[], ToRoll, byte[], Published> {
    private final Settings settings;
    private final int shards;
    private final IntConsumer whenEnded;
    private final CheckoutRecords records;
    private final TreeSet<Bytes> totals = new TreeSet<>();
    private ProcessorContext<byte[], Published> context;
    private SourceProgress progress;
    private SeriesStore seriesStore;
    private RollingWindows windows;
    private Finals finals;
    private long lastPublishedMs;
    private boolean ended;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Roll(Settings settings, int shards, IntConsumer whenEnded) {
        this.settings = settings;
        this.shards = shards;
        this.whenEnded = whenEnded;
        this.records = new CheckoutRecords(settings.rolling().windows());
    }

    @Override
    public void init(ProcessorContext<byte[], Published> processorContext) {
        context = processorContext;
        ended = false;
        lastPublishedMs = 0;
        totals.clear();
        AheadStore ahead = new AheadStore(context.getStateStore(Stores.AHEAD));
        SliceStore slices = new SliceStore(context.getStateStore(Stores.SLICES));
        progress = new SourceProgress(context.getStateStore(Stores.COUNTED), shards);
        seriesStore = new SeriesStore(context.getStateStore(Stores.SERIES), settings.rolling());
        windows = new RollingWindows(settings.rolling(), ahead, slices, seriesStore);
        finals = new Finals(settings.rolling(), slices);
        seriesStore.forEach((key, series) -> {
            if (SeriesKey.parse(key.get()).isTotal()) {
                totals.add(key);
            }
        });
    }

    @Override
    public void process(Record<byte[], ToRoll> record) {
        if (record.value() instanceof SeriesCounts counts) {
            windows.add(Bytes.wrap(record.key()), counts);
        } else if (record.value() instanceof SourceWatermark watermark) {
            progress.update(watermark);
            Optional<Watermark> complete = progress.minimum();
            complete.ifPresent(this::advance);
        }
    }

    private void advance(Watermark complete) {
        if (windows.asOfMs().isEmpty()) {
            windows.begin(complete.timeMs());
        }
        long fromMs = windows.asOfMs().orElseThrow();
        long toMs = Math.max(complete.timeMs(), fromMs);
        if (toMs > fromMs) {
            roll(toMs, complete.mood() == Watermark.Mood.IDLE);
        }
        if (complete.mood() == Watermark.Mood.ENDED && !ended) {
            ended = true;
            publishChanged(toMs, false);
            finals.closeAll(toMs, this::publishFinal);
            whenEnded.accept(context.taskId().partition());
        }
    }

    private void roll(long toMs, boolean idle) {
        for (OptionalLong stop = windows.nextStop(toMs); stop.isPresent(); stop = windows.nextStop(toMs)) {
            moveTo(stop.getAsLong());
            publishChanged(stop.getAsLong(), idle);
        }
        moveTo(toMs);
        if (toMs - lastPublishedMs >= settings.pace().publishEarly().toMillis()) {
            publishChanged(toMs, idle);
        }
        publishAlive(toMs, idle);
    }

    private void moveTo(long toMs) {
        windows.catchUp(toMs);
        finals.close(windows.asOfMs().orElseThrow(), toMs, this::publishFinal);
        windows.moveTo(toMs);
    }

    private void publishChanged(long asOfMs, boolean idle) {
        if (windows.hasChanges()) {
            windows.drainChanged(key -> publish(key, asOfMs, idle));
            lastPublishedMs = asOfMs;
        }
    }

    /** A total that has not changed for long is published again: zero is news as long as it lasts. */
    private void publishAlive(long asOfMs, boolean idle) {
        long aliveMs = settings.pace().publishAlive().toMillis();
        for (Bytes key : totals) {
            RollingSeries series = seriesStore.get(key);
            if (series != null && !series.isChanged() && asOfMs - series.publishedAsOfMs() >= aliveMs) {
                publish(key, asOfMs, idle);
            }
        }
    }

    private void publish(Bytes key, long asOfMs, boolean idle) {
        RollingSeries sums = seriesStore.get(key);
        if (sums == null) {
            return;
        }
        if (sums.publishedAsOfMs() >= asOfMs) {
            sums.correct();
        }
        Series series = SeriesKey.parse(key.get());
        if (series.isTotal()) {
            totals.add(key);
        }
        if (sums.isZero() && !series.isTotal()) {
            seriesStore.forget(key);
            send(key, new Published.Rolling(null));
            return;
        }
        Published.Rolling rolling = new Published.Rolling(records.rolling(
                series, sums.sums(), asOfMs, sums.revision(), status(sums, asOfMs, idle), sums.lastCheckoutAtMs()));
        sums.published(asOfMs);
        seriesStore.put(key, sums);
        send(key, rolling);
    }

    private Status status(RollingSeries sums, long asOfMs, boolean idle) {
        if (idle) {
            return Status.INPUT_IDLE;
        }
        if (sums.isCorrected()) {
            return Status.CORRECTED;
        }
        return records.completesAWindow(asOfMs) ? Status.ON_TIME : Status.EARLY;
    }

    private void publishFinal(Bytes key, Published.Final interval) {
        send(key, interval);
    }

    private void send(Bytes key, Published published) {
        context.forward(new Record<>(key.get(), published, context.currentSystemTimeMs(), new RecordHeaders()));
    }
}
