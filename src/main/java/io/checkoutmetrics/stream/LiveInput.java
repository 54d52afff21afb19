package io.checkoutmetrics.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic that goes on for ever. A partition is quiet up to a moment when, asked at that moment, the broker named an
 * end that the job has reached: not merely when nothing came for a while, which a slow or cut-off reader cannot tell
 * from silence.
 */
public final class LiveInput implements InputHorizon, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveInput.class);
    private static final long ANSWER_WITHIN_MS = 10_000;
    private static final long NEVER = -1;

    private final String topic;
    private final int partitions;
    private final Duration settling;
    private final Admin admin;
    private final Clock clock;
    private final InputPositions positions = new InputPositions();
    /** With what is in open transactions: only if that is nothing a partition is quiet. */
    private final List<InputEnds> ends;

    /** Up to the first open transaction: what can be read. */
    private final List<InputEnds> readableEnds;

    private volatile long filledSinceMs = NEVER;
    private final ScheduledExecutorService asker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "input-ends");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param partitions of the topic
     * @param admin closed by the caller, after this
     * @param interval how often the ends are asked for
     * @param settling how long after the topic's first record is found, or after its broker was away, no partition is quiet:
     *     whoever fills a topic does not fill all its partitions in the same moment
     */
    public LiveInput(String topic, int partitions, Admin admin, Clock clock, Duration interval, Duration settling) {
        this.topic = topic;
        this.partitions = partitions;
        this.settling = settling;
        this.admin = admin;
        this.clock = clock;
        this.ends = Stream.generate(InputEnds::new).limit(partitions).toList();
        this.readableEnds = Stream.generate(InputEnds::new).limit(partitions).toList();
        asker.scheduleWithFixedDelay(this::askSafely, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The clients that the engine has to use, for this to know how far it has read. */
    public TrackingClients clients(HitIntake intake) {
        return new TrackingClients(topic, positions, intake);
    }

    /** What is scheduled would end with the first exception. */
    private void askSafely() {
        try {
            ask();
        } catch (RuntimeException e) {
            LOG.debug("the ends of {} are not known", topic, e);
        }
    }

    private void ask() {
        ask(IsolationLevel.READ_UNCOMMITTED, ends);
        ask(IsolationLevel.READ_COMMITTED, readableEnds);
    }

    private void ask(IsolationLevel isolation, List<InputEnds> answers) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long askedAtMs = clock.millis();
        ListOffsetsResult answer = admin.listOffsets(wanted, new ListOffsetsOptions(isolation));
        for (TopicPartition partition : wanted.keySet()) {
            try {
                long offset = answer.partitionResult(partition)
                        .get(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
                        .offset();
                answers.get(partition.partition()).named(offset, askedAtMs);
                boolean isClockSetBack = filledSinceMs > askedAtMs;
                if (offset > 0 && filledSinceMs == NEVER || isClockSetBack) {
                    filledSinceMs = askedAtMs;
                }
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
        InputEnds known = look(ends, partition, nextOffset);
        return hasSettled() && isBackForLong(known) ? known.quietUntilMs() : OptionalLong.empty();
    }

    /** Whoever fills the topic has kept what happened while the broker was away, and needs a moment to bring it. */
    private boolean isBackForLong(InputEnds known) {
        OptionalLong back = known.namedAgainAtMs();
        return back.isEmpty() || clock.millis() - back.getAsLong() >= settling.toMillis();
    }

    @Override
    public OptionalLong waitingForMs(int partition, long nextOffset) {
        return look(readableEnds, partition, nextOffset).waitingForMs(clock.millis());
    }

    private InputEnds look(List<InputEnds> all, int partition, long nextOffset) {
        TopicPartition input = new TopicPartition(topic, partition);
        InputEnds asked = all.get(partition);
        asked.look(end -> positions.isTakenTo(input, end, nextOffset));
        return asked;
    }

    /**
     * As long as the topic has never held a record there is nothing to tell, and hits of the past may still be brought
     * in.
     */
    private boolean hasSettled() {
        long since = filledSinceMs;
        return since != NEVER && clock.millis() - since >= settling.toMillis();
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
