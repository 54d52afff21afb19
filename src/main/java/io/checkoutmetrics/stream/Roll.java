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
    /** Event time, while history is caught up with. */
    private static final long STRIDE_OF_HISTORY_MS = 300_000;

    /** By the clock. */
    private static final long LONGEST_STRIDE_MS = 1_000;

    private final Settings settings;
    private final int shards;
    private final IntConsumer whenEnded;
    private final Progress progress;
    private final Runnable whenClosed;
    private final Outcomes outcomes;
    private ProcessorContext<byte[], Published> context;
    private SourceProgress sources;
    private RollingWindows windows;
    private RollingOutput output;
    private Watching watched;
    private Commits commits;
    private Portion portion;
    private long lastPublishedMs;
    private long historyMovedAtMs;
    private boolean isHistory;
    private int shard;
    private boolean isTellingLeft;
    private boolean isLate;
    private boolean ended;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Roll(Settings settings, int shards, JobParts parts) {
        this.settings = settings;
        this.shards = shards;
        this.whenEnded = parts.whenEnded();
        this.progress = parts.progress();
        this.whenClosed = parts.whenTaskClosed();
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
        portion = new Portion(context::currentSystemTimeMs, shards);
        SlicePlan plan = new SlicePlan(settings.rolling());
        int mostInMemory = HeapLimits.of(shards).series();
        SeriesStore series =
                new SeriesStore(context.getStateStore(Stores.SERIES), settings.rolling(), plan, mostInMemory);
        VisitorLeftovers leftovers = countVisitors(series, plan);
        sources = new SourceProgress(
                context.getStateStore(Stores.COUNTED), shards, SourceWatermark.heartbeatMs(settings.pace()));
        output = new RollingOutput(settings, series, this::send);
        windows =
                new RollingWindows(plan, series, context.getStateStore(Stores.AGENDA), mostInMemory, output::tellFinal);
        isLate = windows.isMoving();
        watched = settings.alerts().on()
                ? new WatchedSeries(settings, outcomes, context.getStateStore(Stores.WATCHED), this::send)
                : Watching.NOTHING;
        context.<BeforeCommit>getStateStore(Stores.ROLL_COMMITS).run(() -> {
            sources.writeBehind();
            series.writeBehind();
            watched.writeBehind();
            leftovers.deleteSome();
            portion.renew();
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
        whenClosed.run();
    }

    private void advance(Watermark complete) {
        if (windows.asOfMs().isEmpty()) {
            windows.begin(complete.timeMs());
        }
        isHistory = complete.mood() == Watermark.Mood.BEHIND;
        long toMs = Math.max(complete.timeMs(), windows.asOfMs().orElseThrow());
        watched.moveTo(toMs);
        if (!complete.isRunning()) {
            portion.last();
        }
        portion.begin();
        isLate = isLate ? !catchUp(toMs, complete.mood()) : !goOn(toMs, complete);
        portion.end();
        isTellingLeft = isHistory || isTellingLeft && windows.hasChanges();
        if (isLate) {
            commits.soon();
        }
        if (!complete.isRunning() && !ended) {
            ended = true;
            watched.finish();
            publishChanged(toMs, complete.mood());
            windows.closeAll();
            whenEnded.accept(shard);
        }
    }

    /** Does what time asks for; returns whether it is done, or the portion was not enough. */
    private boolean goOn(long toMs, Watermark complete) {
        if (toMs > windows.asOfMs().orElseThrow()) {
            return isHistory ? rollHistory(toMs, sources.clockMs()) : roll(toMs, complete.mood());
        }
        if (isTellingLeft && !isHistory) {
            return publishChanged(toMs, complete.mood());
        }
        if (complete.isRunning()
                && sources.standsStillForMs() >= settings.pace().stallTimeout().toMillis()) {
            output.tellStalled(toMs, sources.clockMs());
        }
        return true;
    }

    /** Does what a portion before was not enough for. What time has asked for since then is done in one go. */
    private boolean catchUp(long toMs, Watermark.Mood mood) {
        if (!windows.goOn(portion::isLeft)) {
            return false;
        }
        if (isHistory) {
            return true;
        }
        return publishChanged(windows.asOfMs().orElseThrow(), mood)
                && windows.moveTo(toMs, portion::isLeft)
                && publishChanged(toMs, mood);
    }

    private boolean roll(long toMs, Watermark.Mood mood) {
        if (!windows.skipHistory(portion::isLeft)) {
            return false;
        }
        for (OptionalLong stop = windows.nextStop(toMs); stop.isPresent(); stop = windows.nextStop(toMs)) {
            if (!windows.moveTo(stop.getAsLong(), portion::isLeft) || !publishChanged(stop.getAsLong(), mood)) {
                return false;
            }
        }
        if (!windows.moveTo(toMs, portion::isLeft)) {
            return false;
        }
        long earlyMs = settings.pace().publishEarly().toMillis();
        boolean isEarlyDue = Slices.floor(toMs, earlyMs)
                > Slices.floor(lastPublishedMs, earlyMs); // watermarks come a little unevenly
        if (isEarlyDue && !publishChanged(toMs, mood)) {
            return false;
        }
        output.tellAlive(toMs, mood);
        return true;
    }

    /** Nobody waits for the windows of history, so they are moved in strides. */
    private boolean rollHistory(long toMs, long clockMs) {
        windows.isHistoryTo(toMs);
        if (toMs - windows.asOfMs().orElseThrow() >= STRIDE_OF_HISTORY_MS
                || clockMs - historyMovedAtMs >= LONGEST_STRIDE_MS) {
            historyMovedAtMs = clockMs;
            if (!windows.moveTo(toMs, portion::isLeft)) {
                return false;
            }
            output.tellHowFar(toMs, clockMs);
        }
        return true;
    }

    /** Returns whether nobody is left to be told of. */
    private boolean publishChanged(long asOfMs, Watermark.Mood mood) {
        if (windows.hasChanges()) {
            windows.drainChanged(portion::isLeft, key -> output.tell(key, asOfMs, mood));
            lastPublishedMs = asOfMs;
        }
        return !windows.hasChanges();
    }

    private void send(Bytes key, Published published) {
        context.forward(new Record<>(key.get(), published, context.currentSystemTimeMs(), new RecordHeaders()));
        if (!isHistory) {
            commits.soon();
        }
    }
}
