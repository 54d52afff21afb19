package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Watermark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Stage 2, for the checkouts of one shard of identities: takes them in the order received once every input partition
 * has come past them, drops what was counted before, and hands on what the rest adds to each series, then the watermark.
 * Driven by records alone: the order in which partitions were read changes nothing.
 */
final class CountOnce implements Processor<byte[], ToCount, byte[], ToRoll> {
    /** Checkouts in one go, so that a transaction holds them. */
    private static final int MOST_AT_ONCE = 20_000;

    /** Event time in one step, so that the next stage may commit in between, and no step holds more than it can. */
    private static final long LONGEST_STEP_MS = 60_000;

    private static final int SWEPT_AT_ONCE = 64;

    private final Settings.Deduplication deduplication;
    private final Settings.Alerts alerts;
    private final long sliceMs;
    private final long slackMs;
    private final long itemsMax;
    private final long silentMs;
    private final boolean withVisitors;
    private final int inputPartitions;
    private final String inputTopic;
    private final long heartbeatMs;
    private final Outcomes outcomes;
    private final Progress progress;
    private final Runnable whenClosed;
    private final TreeSet<Long> tallied = new TreeSet<>();
    private final Duration commitInterval;
    private Commits commits;
    private Increments increments;
    private ReceivedCheckouts received;
    private CountsToSend counts;
    private ProcessorContext<byte[], ToRoll> context;
    private SourceProgress sources;
    private PendingCheckouts pending;
    private SeenIdentities seen;
    private Duplicates duplicates;
    private ActiveItems items;
    private int shard;
    private @Nullable Watermark passedOn;
    private long passedOnAtMs;
    private int taken;
    private int takenSinceSweep;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    CountOnce(Settings settings, int inputPartitions, JobParts parts) {
        this.deduplication = settings.deduplication();
        this.alerts = settings.alerts();
        this.sliceMs = settings.rolling().sliceMs();
        this.slackMs = settings.rolling().grace().toMillis()
                + settings.rolling().intervals().stream()
                        .mapToLong(Slices::longestMs)
                        .max()
                        .orElse(0);
        this.itemsMax = settings.itemsMax();
        this.silentMs = settings.rolling().longestMemoryMs();
        this.withVisitors = settings.visitors();
        this.inputPartitions = inputPartitions;
        this.inputTopic = settings.topics().input();
        this.heartbeatMs = SourceWatermark.heartbeatMs(settings.pace());
        this.commitInterval = settings.commitInterval();
        this.outcomes = parts.outcomes();
        this.progress = parts.progress();
        this.whenClosed = parts.whenTaskClosed();
    }

    /** Also begins anew after a failure: the engine gives the same processor the state of the last commit. */
    @Override
    public void init(ProcessorContext<byte[], ToRoll> processorContext) {
        context = processorContext;
        shard = context.taskId().partition();
        increments = new Increments(sliceMs, withVisitors);
        received = new ReceivedCheckouts(alerts, sliceMs);
        commits = new Commits(context, commitInterval);
        counts = new CountsToSend(inputPartitions, this::send);
        tallied.clear();
        passedOnAtMs = 0;
        takenSinceSweep = 0;
        sources = new SourceProgress(context.getStateStore(Stores.RECEIVED), inputPartitions, heartbeatMs);
        pending = new PendingCheckouts(
                context.getStateStore(Stores.PENDING),
                HeapLimits.of(inputPartitions).pendingSize());
        passedOn = sources.minimum().map(this::asFarAsTaken).orElse(null);
        seen = new SeenIdentities(context.getStateStore(Stores.SEEN), slackMs);
        duplicates = new Duplicates(deduplication, seen);
        items = new ActiveItems(
                context.getStateStore(Stores.ITEMS),
                itemsMax,
                silentMs,
                HeapLimits.of(inputPartitions).items());
        context.<BeforeCommit>getStateStore(Stores.COUNT_ONCE_COMMITS).run(this::writeBehind);
    }

    /** Before the last commit, there may have been too many checkouts to take all at once. */
    private Watermark asFarAsTaken(Watermark complete) {
        OptionalLong first = pending.first(complete.timeMs());
        return first.isPresent() ? Watermark.behind(first.getAsLong()) : complete;
    }

    private void writeBehind() {
        sources.writeBehind();
        pending.writeBehind();
    }

    @Override
    public void process(Record<byte[], ToCount> record) {
        ToCount received = record.value();
        if (received instanceof ArrivalsBundle bundle) {
            bundle.checkouts().forEach(pending::add);
            bundle.tallies().forEach(this::count);
            counts.send();
        } else if (received instanceof SourceWatermark watermark) {
            sources.update(watermark);
            progress.reached(
                    Progress.Stage.COUNT_ONCE,
                    shard,
                    Progress.Standing.of(inputTopic, sources, context.currentSystemTimeMs()));
            sources.minimum().ifPresent(this::advance);
        }
    }

    /** Hits need not be judged, so they go on at once. */
    private void count(HitTally tally) {
        tallied.add(tally.sliceStartMs());
        SeriesCounts.SliceCounts slice = new SeriesCounts.SliceCounts(
                tally.sliceStartMs(), Counts.ofHits(tally.hits()), SeriesCounts.NO_CHECKOUT);
        counts.add(Series.total(tally.reportSuite()), new SeriesCounts(List.of(slice)));
    }

    private void advance(Watermark complete) {
        if (!complete.equals(passedOn)) {
            takeUpTo(complete);
        } else if (sources.clockMs() - passedOnAtMs >= heartbeatMs) {
            pass(complete);
        }
    }

    /**
     * A leap of time is passed on in steps. What is more than a step ago is not of now: the next stage need not tell it.
     * After very many checkouts the rest waits for the next watermark, which comes within a second.
     */
    private void takeUpTo(Watermark complete) {
        int takenBefore = taken;
        for (OptionalLong step = nextStep(complete.timeMs()); step.isPresent(); step = nextStep(complete.timeMs())) {
            if (!flush(Watermark.behind(step.getAsLong())) || taken - takenBefore >= MOST_AT_ONCE) {
                return;
            }
        }
        flush(complete);
    }

    private OptionalLong nextStep(long toMs) {
        long first = Math.min(pending.first(toMs).orElse(toMs), tallied.isEmpty() ? toMs : tallied.first());
        long fromMs = passedOn == null ? first : Math.max(first, passedOn.timeMs());
        if (fromMs + LONGEST_STEP_MS < toMs) {
            return OptionalLong.of(fromMs + LONGEST_STEP_MS);
        }
        long lastStepMs = toMs - LONGEST_STEP_MS;
        return passedOn != null && passedOn.timeMs() < lastStepMs ? OptionalLong.of(lastStepMs) : OptionalLong.empty();
    }

    private void handOn(Series series, SeriesCounts added) {
        counts.add(series, items.isSummedUp(series) ? added.besideLowTraffic() : added);
    }

    /** Returns whether all was taken. */
    private boolean flush(Watermark complete) {
        long limitMs = complete.isRunning() ? complete.timeMs() : Long.MAX_VALUE;
        long takenToMs = pending.takeBefore(limitMs, MOST_AT_ONCE, this::count);
        boolean isAll = takenToMs >= limitMs;
        Watermark reached = isAll ? complete : Watermark.behind(takenToMs);
        increments.drain(this::handOn);
        received.drain(counts::addByTimeReceived);
        counts.send();
        tallied.headSet(reached.timeMs()).clear();
        sweepInProportion(reached.timeMs());
        passedOn = reached;
        pass(reached);
        return isAll;
    }

    private void pass(Watermark complete) {
        passedOnAtMs = sources.clockMs();
        SourceWatermark watermark = new SourceWatermark(shard, complete, passedOnAtMs);
        send(Addresses.EVERY_PARTITION, watermark, Math.max(0, complete.timeMs()));
        if (complete.mood() != Watermark.Mood.BEHIND) {
            commits.soon();
        }
    }

    private void send(int partition, CountsBundle bundle) {
        send(Addresses.of(partition), bundle, context.currentStreamTimeMs());
    }

    private void send(byte[] key, ToRoll value, long timestamp) {
        context.forward(new Record<>(key, value, timestamp, new RecordHeaders()));
    }

    @Override
    public void close() {
        progress.left(Progress.Stage.COUNT_ONCE, shard);
        whenClosed.run();
    }

    private void count(Checkout checkout) {
        taken++;
        takenSinceSweep++;
        Optional<CheckoutHit> fresh = duplicates.withoutSeen(checkout);
        if (fresh.isEmpty()) {
            outcomes.duplicate();
            return;
        }
        outcomes.counted();
        received.add(checkout);
        increments.add(items.summedUp(checkout), fresh.get().increments());
        if (increments.isFull()) {
            increments.drain(this::handOn);
            received.drain(counts::addByTimeReceived);
        }
    }

    /** Looks at twice as many identities as came in, so that what has run out does not pile up. */
    private void sweepInProportion(long timeMs) {
        if (2 * takenSinceSweep >= SWEPT_AT_ONCE) {
            seen.sweep(2 * takenSinceSweep, timeMs);
            takenSinceSweep = 0;
        }
    }
}
