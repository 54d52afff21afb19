package io.checkoutmetrics.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic that goes on for ever. A partition is quiet up to a moment when, asked at that moment, the broker named an end
 * that the job has reached: not merely when nothing came for a while, which a slow or cut-off reader cannot tell from
 * silence.
 */
public final class LiveInput implements InputHorizon, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveInput.class);
    private static final long ANSWER_WITHIN_MS = 10_000;

    private record End(long offset, long askedAtMs) {}

    private final String topic;
    private final Admin admin;
    private final Clock clock;
    private final InputPositions positions = new InputPositions();
    private final Map<TopicPartition, End> ends = new ConcurrentHashMap<>();
    private final ScheduledExecutorService asker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "input-ends");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param admin closed by the caller, after this
     * @param interval how often the ends are asked for
     */
    public LiveInput(String topic, Admin admin, Clock clock, Duration interval) {
        this.topic = topic;
        this.admin = admin;
        this.clock = clock;
        asker.scheduleWithFixedDelay(this::ask, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The clients that the engine has to use, for this to know how far it has read. */
    public KafkaClientSupplier clients() {
        return new TrackingClients(topic, positions);
    }

    private void ask() {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        positions.held().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        if (wanted.isEmpty()) {
            return;
        }
        long askedAtMs = clock.millis();
        ListOffsetsResult answer = admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        for (TopicPartition partition : wanted.keySet()) {
            try {
                long offset = answer.partitionResult(partition)
                        .get(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
                        .offset();
                ends.put(partition, new End(offset, askedAtMs));
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("the end of {} is not known", partition, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public OptionalLong quietUntil(int partition, long nextOffset) {
        TopicPartition input = new TopicPartition(topic, partition);
        End end = ends.get(input);
        return end != null && positions.isTakenTo(input, end.offset(), nextOffset)
                ? OptionalLong.of(end.askedAtMs())
                : OptionalLong.empty();
    }

    @Override
    public boolean isEnded(int partition, long nextOffset) {
        return false;
    }

    @Override
    public void close() {
        asker.shutdownNow();
    }
}
