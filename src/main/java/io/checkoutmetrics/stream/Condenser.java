package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.EventTime;
import io.checkoutmetrics.window.Slices;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * Condenses what a consumer polled: every run of neighbouring hits of a partition that surely are no checkouts becomes one
 * record in their place, so that the engine, whose own work per record is as dear as the fetch, sees only those that
 * matter. Nothing is kept from one poll to the next. Not thread-safe: each consumer has its own.
 *
 * <p>A run can be taken as a whole because all its hits are judged alike: their times are credible, and none is so much
 * older than those before it in the run that its interval might be closed by them. Any other hit makes a run of its own.
 */
final class Condenser {
    private final String topic;
    private final PlainHits plainHits;
    private final RunHeader header;
    private final InstantSource clock;
    private final long sliceMs;
    private final long maxRecordFutureMs;
    private final long mostBackMs;

    Condenser(Settings settings, PlainHits plainHits, RunHeader header, InstantSource clock) {
        this.topic = settings.topics().input();
        this.plainHits = plainHits;
        this.header = header;
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
        return new ConsumerRecords<>(condensed, polled.nextOffsets());
    }

    private List<ConsumerRecord<byte[], byte[]>> condense(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> condensed = new ArrayList<>();
        long latestMs = clock.millis() + maxRecordFutureMs;
        Run run = null;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String suite = plainHits.suiteOf(record.value());
            if (run != null && (suite == null || !run.mayHold(record, latestMs))) {
                condensed.add(run.record());
                run = null;
            }
            if (suite == null) {
                condensed.add(record);
            } else if (run == null) {
                run = new Run(record, suite);
            } else {
                run.add(record, suite);
            }
        }
        if (run != null) {
            condensed.add(run.record());
        }
        return condensed;
    }

    /** Hits of one report suite in the slice that its last hit was in. */
    private static final class Count {
        private long sliceStartMs;
        private long hits;

        Count(long sliceStartMs) {
            this.sliceStartMs = sliceStartMs;
        }
    }

    /** Hits that follow upon each other, while they are counted. */
    private final class Run {
        private final ConsumerRecord<byte[], byte[]> first;
        private final Map<String, Count> bySuite = new HashMap<>();
        private final List<HitTally> tallies = new ArrayList<>();
        private long newestMs;
        private long lastOffset;

        Run(ConsumerRecord<byte[], byte[]> first, String suite) {
            this.first = first;
            this.newestMs = first.timestamp();
            add(first, suite);
        }

        boolean mayHold(ConsumerRecord<byte[], byte[]> next, long latestMs) {
            long receivedMs = next.timestamp();
            return isCredible(newestMs, latestMs)
                    && isCredible(receivedMs, latestMs)
                    && receivedMs >= newestMs - mostBackMs;
        }

        private boolean isCredible(long receivedMs, long latestMs) {
            return receivedMs >= EventTime.EARLIEST_MS && receivedMs <= latestMs;
        }

        void add(ConsumerRecord<byte[], byte[]> hit, String suite) {
            newestMs = Math.max(newestMs, hit.timestamp());
            lastOffset = hit.offset();
            long sliceStartMs = Slices.floor(hit.timestamp(), sliceMs);
            Count count = bySuite.computeIfAbsent(suite, none -> new Count(sliceStartMs));
            if (count.sliceStartMs != sliceStartMs) {
                tallies.add(new HitTally(suite, count.sliceStartMs, count.hits));
                count.sliceStartMs = sliceStartMs;
                count.hits = 0;
            }
            count.hits++;
        }

        ConsumerRecord<byte[], byte[]> record() {
            bySuite.forEach((suite, count) -> tallies.add(new HitTally(suite, count.sliceStartMs, count.hits)));
            byte[] value = new HitRun(lastOffset, tallies).toBytes();
            return new ConsumerRecord<>(
                    first.topic(),
                    first.partition(),
                    first.offset(),
                    newestMs,
                    TimestampType.CREATE_TIME,
                    0,
                    value.length,
                    new byte[0],
                    value,
                    header.mark(),
                    first.leaderEpoch(),
                    Optional.empty());
        }
    }
}
