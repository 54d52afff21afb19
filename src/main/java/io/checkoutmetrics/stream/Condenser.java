package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.EventTime;
import io.checkoutmetrics.window.Slices;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Condenses what a consumer polled: every run of neighbouring hits of a partition becomes one record in their place, so that
 * the engine, whose own work per record is as dear as the fetch, sees few. Those that surely are no checkouts are counted;
 * those that surely are go along as they were received. Nothing is kept from one poll to the next. Not thread-safe: each consumer has its own.
 *
 * <p>A run can be taken as a whole because all its hits are judged alike: their times are credible, and none is so much
 * older than those before it in the run that its interval might be closed by them. Any other hit makes a run of its own.
 */
final class Condenser {
    /** Checkouts in one run: so that what is done for one record is not too much. */
    private static final long MOST_BYTES_KEPT = 250_000;

    private static final byte[] NOTHING = new byte[0];

    private final String topic;
    private final PlainHits plainHits;
    private final boolean areCopies;
    private final InstantSource clock;
    private final long sliceMs;
    private final long maxRecordFutureMs;
    private final long mostBackMs;

    /** The run that is being counted, if any is, from here on. */
    private @Nullable ConsumerRecord<byte[], byte[]> first;

    private long newestMs;
    private long lastOffset;
    private final List<HitTally> tallies = new ArrayList<>();
    private final List<HitRun.Kept> kept = new ArrayList<>();
    private long keptBytes;
    /** Of the slice that its last hit was in. */
    private long sliceStartMs;

    private final List<Integer> suitesOfSlice = new ArrayList<>();
    private long[] hitsBySuite = new long[8];
    private long latestMs;

    /** @param areCopies whether the consumer has copied the values, rather than have {@code plainHits} look at them in their batch */
    Condenser(Settings settings, PlainHits plainHits, boolean areCopies, InstantSource clock) {
        this.topic = settings.topics().input();
        this.plainHits = plainHits;
        this.areCopies = areCopies;
        this.clock = clock;
        this.sliceMs = settings.rolling().sliceMs();
        this.maxRecordFutureMs = Recognise.maxRecordFutureMs(settings);
        this.mostBackMs = settings.pace().watermarkDelay().toMillis()
                + settings.rolling().grace().toMillis();
    }

    /** The records to go on with, in the same order, with the same offsets to be fetched next. */
    ConsumerRecords<byte[], byte[]> condense(ConsumerRecords<byte[], byte[]> polled) {
        if (polled.isEmpty()) {
            return polled;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> condensed = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            condensed.put(partition, partition.topic().equals(topic) ? condense(records) : records);
        }
        plainHits.forgetCheckouts();
        return new ConsumerRecords<>(condensed, polled.nextOffsets());
    }

    private List<ConsumerRecord<byte[], byte[]>> condense(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> condensed = new ArrayList<>();
        latestMs = clock.millis() + maxRecordFutureMs;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            int suite = plainHits.suiteOf(areCopies ? plainHits.inPlaceOf(record.value()) : record.value());
            CheckoutHit checkout = suite == PlainHits.NONE && isCredible(record.timestamp())
                    ? plainHits.checkoutOf(record.value())
                    : null;
            boolean isOfARun = suite != PlainHits.NONE || checkout != null;
            if (first != null && (!isOfARun || !mayHold(record.timestamp()))) {
                condensed.add(endRun());
            }
            if (checkout != null) {
                keep(record, checkout);
            } else if (isOfARun) {
                count(record, suite);
            } else {
                condensed.add(record);
            }
        }
        if (first != null) {
            condensed.add(endRun());
        }
        return condensed;
    }

    private boolean mayHold(long receivedMs) {
        return isCredible(newestMs)
                && isCredible(receivedMs)
                && receivedMs >= newestMs - mostBackMs
                && keptBytes < MOST_BYTES_KEPT;
    }

    private boolean isCredible(long receivedMs) {
        return receivedMs >= EventTime.EARLIEST_MS && receivedMs <= latestMs;
    }

    private void addToRun(ConsumerRecord<byte[], byte[]> hit) {
        if (first == null) {
            first = hit;
            newestMs = hit.timestamp();
        }
        newestMs = Math.max(newestMs, hit.timestamp());
        lastOffset = hit.offset();
    }

    private void keep(ConsumerRecord<byte[], byte[]> checkout, CheckoutHit reading) {
        long newestBeforeMs = first == null ? checkout.timestamp() : newestMs;
        addToRun(checkout);
        kept.add(new HitRun.Kept(
                newestBeforeMs,
                new ReceivedHit(checkout.key(), checkout.value(), checkout.timestamp(), checkout.offset()),
                reading));
        keptBytes += Math.max(0, checkout.serializedKeySize()) + Math.max(0, checkout.serializedValueSize());
    }

    private void count(ConsumerRecord<byte[], byte[]> hit, int suite) {
        addToRun(hit);
        long receivedMs = hit.timestamp();
        if (receivedMs < sliceStartMs || receivedMs - sliceStartMs >= sliceMs) {
            endSlice();
            sliceStartMs = Slices.floor(receivedMs, sliceMs);
        }
        if (suite >= hitsBySuite.length) {
            hitsBySuite = Arrays.copyOf(hitsBySuite, Math.max(suite + 1, 2 * hitsBySuite.length));
        }
        if (hitsBySuite[suite]++ == 0) {
            suitesOfSlice.add(suite);
        }
    }

    private void endSlice() {
        for (int suite : suitesOfSlice) {
            tallies.add(new HitTally(plainHits.suite(suite), sliceStartMs, hitsBySuite[suite]));
            hitsBySuite[suite] = 0;
        }
        suitesOfSlice.clear();
    }

    /** The record that stands for the run, from its first hit to its last. */
    private ConsumerRecord<byte[], byte[]> endRun() {
        endSlice();
        ConsumerRecord<byte[], byte[]> begin = Objects.requireNonNull(first);
        HitRun run = new HitRun(lastOffset, tallies, kept);
        int size = (int) keptBytes;
        tallies.clear();
        kept.clear();
        keptBytes = 0;
        first = null;
        return new ConsumerRecord<>(
                begin.topic(),
                begin.partition(),
                begin.offset(),
                newestMs,
                TimestampType.CREATE_TIME,
                0,
                size,
                NOTHING,
                NOTHING,
                new RunHeader(run).alone(),
                begin.leaderEpoch(),
                Optional.empty());
    }
}
