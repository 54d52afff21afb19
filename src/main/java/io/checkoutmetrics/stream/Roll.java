package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Watermark;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Stage 3, for the series of one partition: adds what was counted to their slices, and as time moves rolls their windows,
 * publishes the series that changed, and closes intervals. History that is caught up with gives every final, but of the
 * rolling windows only where they are in the end. Driven by records alone.
 */
final class Roll implements Processor<byte[], ToRoll, byte[], Published> {
    /** In one go, so that a transaction holds it; the rest follows with the next watermark. */
    private static final int MOST_TOLD_AT_ONCE = 50_000;

    /** Event time, while history is caught up with. */
    private static final long STRIDE_OF_HISTORY_MS = 300_000;

    /** By the clock. */
    private static final long LONGEST_STRIDE_MS = 1_000;

    private final Settings settings;
    private final int shards;
    private final IntConsumer whenEnded;
    private final Progress progress;
    private final Outcomes outcomes;
    private ProcessorContext<byte[], Published> context;
    private SourceProgress sources;
    private RollingWindows windows;
    private RollingOutput output;
    private Watching watched;
    private Commits commits;
    private long lastPublishedMs;
    private long historyMovedAtMs;
    private boolean isHistory;
    private int shard;
    private boolean isTellingLeft;
    private boolean ended;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Roll(Settings settings, int shards, JobParts parts) {
        this.settings = settings;
        this.shards = shards;
        this.whenEnded = parts.whenEnded();
        this.progress = parts.progress();
        this.outcomes = parts.outcomes();
    }

    @Override
    public void init(ProcessorContext<byte[], Published> processorContext) {
        context = processorContext;
        isTellingLeft = false;
        shard = context.taskId().partition();
        ended = false;
        lastPublishedMs = 0;
        historyMovedAtMs = 0;
        commits = new Commits(context, settings.commitInterval());
        SlicePlan plan = new SlicePlan(settings.rolling());
        int mostInMemory = HeapLimits.of(shards).series();
        SeriesStore series =
                new SeriesStore(context.getStateStore(Stores.SERIES), settings.rolling(), plan, mostInMemory);
        VisitorLeftovers leftovers = countVisitors(series, plan);
        sources = new SourceProgress(
                context.getStateStore(Stores.COUNTED), shards, SourceWatermark.heartbeatMs(settings.pace()));
        windows = new RollingWindows(plan, series, context.getStateStore(Stores.AGENDA), mostInMemory);
        output = new RollingOutput(settings, series, this::send);
        watched = settings.alerts().on()
                ? new WatchedSeries(settings, outcomes, context.getStateStore(Stores.WATCHED), this::send)
                : Watching.NOTHING;
        context.<BeforeCommit>getStateStore(Stores.ROLL_COMMITS).run(() -> {
            sources.writeBehind();
            series.writeBehind();
            watched.writeBehind();
            leftovers.deleteSome();
        });
    }

    /** If they are to be counted; returns what is left of a time when they were not, or of one when they were. */
    private VisitorLeftovers countVisitors(SeriesStore series, SlicePlan plan) {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(Stores.VISITORS);
        if (!settings.visitors()) {
            return VisitorLeftovers.all(store);
        }
        VisitorStore visitors = new VisitorStore(store, plan, series.asOfMs());
        series.keepVisitorsIn(visitors);
        return VisitorLeftovers.besides(visitors.generation(), store);
    }

    @Override
    public void process(Record<byte[], ToRoll> record) {
        if (record.value() instanceof CountsBundle bundle) {
            for (CountsBundle.OfSeries one : bundle.all()) {
                if (one.isByTimeReceived()) {
                    watched.checkouts(one.series(), one.counts());
                    continue;
                }
                windows.add(one.series(), one.counts());
                output.heardOf(one.series());
                watched.hits(one.series(), one.counts());
            }
        } else if (record.value() instanceof SourceWatermark watermark) {
            sources.update(watermark);
            progress.reached(
                    Progress.Stage.ROLL,
                    shard,
                    Progress.Standing.of(CheckoutTopology.CHECKOUTS, sources, context.currentSystemTimeMs()));
            sources.minimum().ifPresent(this::advance);
            progress.holds(shard, windows.liveSeries());
        }
    }

    @Override
    public void close() {
        progress.left(Progress.Stage.ROLL, shard);
    }

    private void advance(Watermark complete) {
        if (windows.asOfMs().isEmpty()) {
            windows.begin(complete.timeMs());
        }
        isHistory = complete.mood() == Watermark.Mood.BEHIND;
        long fromMs = windows.asOfMs().orElseThrow();
        long toMs = Math.max(complete.timeMs(), fromMs);
        watched.moveTo(toMs);
        if (toMs > fromMs) {
            roll(toMs, complete.mood());
        } else if (isTellingLeft && complete.mood() != Watermark.Mood.BEHIND) {
            publishChanged(toMs, complete.mood());
        } else if (complete.isRunning()
                && sources.standsStillForMs() >= settings.pace().stallTimeout().toMillis()) {
            output.tellStalled(toMs, sources.clockMs());
        }
        isTellingLeft = complete.mood() == Watermark.Mood.BEHIND || isTellingLeft && windows.hasChanges();
        if (!complete.isRunning() && !ended) {
            ended = true;
            watched.finish();
            publishAllChanged(toMs, complete.mood());
            windows.closeAll(output::tellFinal);
            whenEnded.accept(shard);
        }
    }

    private void roll(long toMs, Watermark.Mood mood) {
        if (mood == Watermark.Mood.BEHIND) {
            rollHistory(toMs, sources.clockMs());
            return;
        }
        windows.skipHistory(output::tellFinal);
        for (OptionalLong stop = windows.nextStop(toMs); stop.isPresent(); stop = windows.nextStop(toMs)) {
            windows.moveTo(stop.getAsLong(), output::tellFinal);
            publishChanged(stop.getAsLong(), mood);
        }
        windows.moveTo(toMs, output::tellFinal);
        long earlyMs = settings.pace().publishEarly().toMillis();
        if (Slices.floor(toMs, earlyMs) > Slices.floor(lastPublishedMs, earlyMs)) { // watermarks come a little unevenly
            publishChanged(toMs, mood);
        }
        output.tellAlive(toMs, mood);
    }

    /** Nobody waits for the windows of history, so they are moved in strides. */
    private void rollHistory(long toMs, long clockMs) {
        windows.isHistoryTo(toMs);
        if (toMs - windows.asOfMs().orElseThrow() >= STRIDE_OF_HISTORY_MS
                || clockMs - historyMovedAtMs >= LONGEST_STRIDE_MS) {
            historyMovedAtMs = clockMs;
            windows.moveTo(toMs, output::tellFinal);
            output.tellHowFar(toMs, clockMs);
        }
    }

    private void publishChanged(long asOfMs, Watermark.Mood mood) {
        if (windows.hasChanges()) {
            windows.drainChanged(MOST_TOLD_AT_ONCE, key -> output.tell(key, asOfMs, mood));
            lastPublishedMs = asOfMs;
            isTellingLeft |= windows.hasChanges();
        }
    }

    private void publishAllChanged(long asOfMs, Watermark.Mood mood) {
        while (windows.hasChanges()) {
            publishChanged(asOfMs, mood);
        }
    }

    private void send(Bytes key, Published published) {
        context.forward(new Record<>(key.get(), published, context.currentSystemTimeMs(), new RecordHeaders()));
        if (!isHistory) {
            commits.soon();
        }
    }
}
