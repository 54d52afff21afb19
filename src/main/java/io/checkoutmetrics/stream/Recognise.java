package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.EventTime;
import io.checkoutmetrics.hit.Identity;
import io.checkoutmetrics.hit.Reading;
import io.checkoutmetrics.hit.Reason;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Watermark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Stage 1, for every hit of one input partition: hands on dead letters at once, checkouts and tallies of hits in bundles, then
 * the partition's watermark. It is the only stage that looks at the clock, see {@link PartitionTime}.
 */
final class Recognise implements Processor<byte[], byte[], byte[], Recognised> {
    /** Those of two machines, though somebody looks after both. */
    private static final long CLOCKS_DIFFER_BY_MS = 1_000;

    private final Settings settings;
    private final int inputPartitions;
    private final HitReaders readers;
    private final InputHorizon horizon;
    private final Outcomes outcomes;
    private final DeadLetterShare deadLetterShare;
    private final Progress progress;
    private final Runnable whenClosed;
    private final long sliceMs;
    private final long graceMs;
    private final long maxFutureMs;
    private final long maxRecordFutureMs;
    private ProcessorContext<byte[], Recognised> context;
    private Arrivals arrivals;
    private PartitionTime time;
    private Commits commits;
    private int partition;
    private long nowMs;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Recognise(Settings settings, int inputPartitions, JobParts parts) {
        this.settings = settings;
        this.inputPartitions = inputPartitions;
        this.readers = new HitReaders(parts.schemas(), settings.hits());
        this.horizon = parts.horizon();
        this.outcomes = parts.outcomes();
        this.deadLetterShare = parts.deadLetterShare();
        this.progress = parts.progress();
        this.whenClosed = parts.whenTaskClosed();
        this.sliceMs = settings.rolling().sliceMs();
        this.graceMs = settings.rolling().grace().toMillis();
        this.maxFutureMs = settings.pace().maxFuture().toMillis();
        this.maxRecordFutureMs = maxRecordFutureMs(settings);
    }

    /** How far ahead of our clock a record may be, in milliseconds: much further it would close intervals of now. */
    static long maxRecordFutureMs(Settings settings) {
        return Math.min(
                settings.pace().maxFuture().toMillis(),
                Math.max(CLOCKS_DIFFER_BY_MS, settings.rolling().grace().toMillis()));
    }

    @Override
    public void init(ProcessorContext<byte[], Recognised> processorContext) {
        context = processorContext;
        partition = context.taskId().partition();
        if (partition >= inputPartitions) {
            throw IncompatibleStateException.partitionsChanged(inputPartitions, partition + 1);
        }
        arrivals = new Arrivals(context.getStateStore(Stores.ARRIVALS), inputPartitions, this::send);
        context.<BeforeCommit>getStateStore(Stores.RECOGNISE_COMMITS).run(arrivals::writeBehind);
        time = new PartitionTime(settings, horizon, arrivals, partition, context.currentSystemTimeMs());
        deadLetterShare.look(partition, context.currentSystemTimeMs(), time.nowMs());
        commits = new Commits(context, settings.commitInterval());
        context.schedule(settings.pace().watermarkInterval(), PunctuationType.WALL_CLOCK_TIME, this::clockMoved);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        nowMs = context.currentSystemTimeMs();
        Optional<HitRun> run = RunHeader.runOf(record.headers());
        time.taken(run.map(HitRun::lastOffset).orElse(origin.offset()) + 1, nowMs);
        if (run.isPresent()) {
            received(run.get(), record.timestamp());
        } else {
            recognise(
                    new ReceivedHit(record.key(), record.value(), record.timestamp(), origin.offset()),
                    readers.read(record.value()));
        }
        time.afterRecord().ifPresent(this::pass);
    }

    private void recognise(ReceivedHit received, Reading reading) {
        boolean credible = received.recordMs() <= nowMs + maxRecordFutureMs;
        if (credible) {
            received(reading, received.recordMs());
        } else {
            outcomes.hitsAheadOfClock(1);
        }
        if (reading instanceof Reading.NoCheckout other) {
            outcomes.notCheckout(1);
            if (other.nearMiss()) {
                outcomes.nearMiss();
            }
        } else if (reading instanceof Reading.Excluded excluded) {
            outcomes.excluded(excluded.reason());
        } else if (reading instanceof Reading.Unreadable unreadable) {
            deadLetter(received, unreadable.reason(), unreadable.detail());
        } else if (reading instanceof Reading.Refused refused) {
            deadLetter(received, refused.reason(), refused.detail());
        } else if (reading instanceof CheckoutHit hit) {
            judge(hit, received, credible);
        }
    }

    /** What is true of one hit of a run is true of all: {@link Condenser} saw to that. */
    private void received(HitRun run, long newestMs) {
        OptionalLong now = time.nowMs();
        for (HitRun.Kept checkout : run.checkouts()) {
            arrivals.newestAt(checkout.newestBeforeMs());
            recognise(checkout.hit(), checkout.reading());
        }
        boolean credible = newestMs <= nowMs + maxRecordFutureMs;
        for (HitTally tally : run.tallies()) {
            outcomes.notCheckout(tally.hits());
            if (!credible) {
                outcomes.hitsAheadOfClock(tally.hits());
            } else if (newestMs < EventTime.EARLIEST_MS) {
                arrivals.newestAt(newestMs);
            } else if (isClosed(tally.sliceStartMs(), now)) {
                outcomes.hitsAfterClose(tally.hits());
            } else {
                arrivals.hits(tally, newestMs);
            }
        }
    }

    private void received(Reading reading, long recordMs) {
        String reportSuite = reportSuiteOf(reading);
        if (reportSuite == null || recordMs < EventTime.EARLIEST_MS) {
            arrivals.newestAt(recordMs);
        } else if (isClosed(recordMs, time.nowMs())) {
            outcomes.hitsAfterClose(1);
        } else {
            arrivals.hits(new HitTally(reportSuite, Slices.floor(recordMs, sliceMs), 1), recordMs);
        }
    }

    private static @Nullable String reportSuiteOf(Reading reading) {
        if (reading instanceof Reading.NoCheckout other) {
            return other.reportSuite();
        } else if (reading instanceof CheckoutHit hit) {
            return hit.reportSuite();
        } else if (reading instanceof Reading.Excluded excluded) {
            return excluded.reportSuite();
        } else if (reading instanceof Reading.Refused refused) {
            return refused.reportSuite();
        }
        return null;
    }

    private void judge(CheckoutHit hit, ReceivedHit received, boolean credible) {
        if (!credible) {
            deadLetter(received, Reason.FUTURE_TIMESTAMP, "the record's own timestamp is ahead of our clock");
            return;
        }
        EventTime happened = EventTime.of(hit.clientTimeMs(), received.recordMs(), graceMs, maxFutureMs);
        if (happened instanceof EventTime.Rejected rejected) {
            deadLetter(received, rejected.reason(), "received at " + received.recordMs());
        } else if (happened instanceof EventTime.At at && isClosed(at.ms(), time.nowMs())) {
            deadLetter(received, Reason.OUT_OF_ORDER, "its interval was closed when it came");
        } else if (happened instanceof EventTime.At at) {
            outcomes.checkoutSeen(hit.nearMiss(), hit.invalidEventIds());
            Checkout checkout = new Checkout(hit, at.ms(), received.recordMs(), partition, received.offset());
            arrivals.checkout(shardKey(checkout), checkout);
        }
    }

    /**
     * Whether finals may have been published for the time: this partition's watermark passed the end of its interval
     * and the grace.
     */
    private boolean isClosed(long eventMs, OptionalLong now) {
        return now.isPresent()
                && eventMs + graceMs < now.getAsLong() // most are of now, and that is quickly said
                && settings.rolling().firstIntervalEndMs(eventMs) + graceMs <= now.getAsLong();
    }

    private byte[] shardKey(Checkout checkout) {
        CheckoutHit hit = checkout.hit();
        String key = Identity.of(hit, settings.deduplication().modeOf(hit.reportSuite()))
                .shardKey();
        return key == null
                ? ByteBuffer.allocate(12)
                        .putInt(partition)
                        .putLong(checkout.offset())
                        .array()
                : key.getBytes(StandardCharsets.UTF_8);
    }

    private void deadLetter(ReceivedHit received, Reason reason, String detail) {
        outcomes.deadLettered(reason);
        DeadLetter letter = DeadLetter.of(
                received.value(),
                new DeadLetter.Origin(settings.topics().input(), partition, received.offset()),
                reason,
                detail);
        context.forward(new Record<>(
                DeadLetter.cut(received.key(), DeadLetter.MOST_KEY_BYTES),
                letter,
                context.currentSystemTimeMs(),
                letter.headers()));
    }

    @Override
    public void close() {
        progress.inputLeft(partition);
        deadLetterShare.left(partition);
        whenClosed.run();
    }

    private void clockMoved(long clockMs) {
        deadLetterShare.look(partition, clockMs, time.nowMs());
        time.atClock(clockMs).ifPresent(this::pass);
    }

    private void pass(Watermark watermark) {
        long clockMs = context.currentSystemTimeMs();
        deadLetterShare.look(partition, clockMs, time.nowMs());
        time.passedOn(clockMs);
        arrivals.flush(watermark);
        SourceWatermark said = new SourceWatermark(partition, watermark, clockMs);
        send(Addresses.EVERY_PARTITION, said, watermark.timeMs());
        progress.inputReached(partition, watermark.timeMs());
        if (watermark.mood() != Watermark.Mood.BEHIND) {
            commits.soon();
        }
    }

    private void send(int shard, ArrivalsBundle bundle) {
        send(Addresses.of(shard), bundle, arrivals.newestRecordMs().orElse(0));
    }

    private void send(byte[] key, ToCount value, long timestamp) {
        context.forward(new Record<>(key, value, Math.max(0, timestamp), new RecordHeaders()));
    }
}
