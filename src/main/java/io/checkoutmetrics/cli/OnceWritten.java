package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.feed.HitsDigest;
import io.checkoutmetrics.feed.ReceivedHit;
import io.checkoutmetrics.operate.JobException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the hits of an import to the hits topic, each of them once, however often the import is broken off and begun
 * again.
 *
 * <p>They go in transactions, and with each is committed how many there are in the topic now: as the offset, for the
 * topic's first partition, of a consumer group without members that is named after the hits. So hits and their number
 * cannot part, nothing is kept on this machine, and both are gone when the topic is deleted. The brokers remember the
 * number for {@code offsets.retention.minutes}, seven days unless told otherwise. Not for several threads.
 */
final class OnceWritten implements AutoCloseable {
    /**
     * Others' hits in the same topic cannot be read past an open transaction: it must not stay open for long. Where
     * commits take long it is filled for four times as long as the last one took, lest there is nothing but commits.
     */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int COMMITS_FILL = 4;

    private static final String ABORTED_AFTER_MS = "10000";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final String name;
    private final HitsTopic hits;
    private final TopicPartition bookmark;
    private final long total;
    private long before;
    private long taken;
    private volatile long inTopic;
    private boolean isOpen;
    private long openedNanos;
    private long lengthNanos = SHORTEST_NANOS;

    private OnceWritten(String name, Settings settings, long total) {
        this.name = name;
        this.total = total;
        this.bookmark = new TopicPartition(settings.topics().input(), 0);
        this.hits = new HitsTopic(
                settings,
                Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, name,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, ABORTED_AFTER_MS));
    }

    /**
     * Takes over from whoever wrote the same hits before, and finds out how far they came.
     *
     * @param digest of all hits
     * @param again forget that: begin with the first hit
     * @throws JobException when Kafka cannot be asked, or refuses
     */
    static OnceWritten begin(Settings settings, HitsDigest digest, boolean again) {
        String name = settings.applicationId() + "-import-" + digest.text();
        OnceWritten written = new OnceWritten(name, settings, digest.hits());
        try {
            written.attempt(written.hits.producer()::initTransactions);
            // only now: what an earlier run left open has been aborted, or counts
            written.before = again ? 0 : written.bookmarked(settings);
            written.inTopic = written.before;
            return written;
        } catch (RuntimeException e) {
            written.close();
            throw e;
        }
    }

    private long bookmarked(Settings settings) {
        try (Admin admin = Admin.create(new HashMap<>(settings.kafka()))) {
            OffsetAndMetadata found = admin.listConsumerGroupOffsets(
                            Map.of(name, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(bookmark))),
                            new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata(name)
                    .get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    .get(bookmark);
            return found == null ? 0 : found.offset();
        } catch (ExecutionException e) {
            throw failed(e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause()));
        } catch (TimeoutException e) {
            throw failed(new KafkaException("no answer within " + ANSWER_WITHIN.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(new KafkaException("interrupted"));
        }
    }

    /** How many hits had been written before this run. */
    long before() {
        return before;
    }

    /** How many hits are in the topic for good. Any thread may ask. */
    long inTopic() {
        return inTopic;
    }

    /** How many there are in all. */
    long total() {
        return total;
    }

    /** Takes the next hit, from the first on: those that had been written before are passed over. */
    void take(ReceivedHit hit) {
        if (taken >= total) {
            return; // the file has grown since its hits were counted: they are of another import
        }
        taken++;
        if (taken > before) {
            attempt(() -> write(hit));
        }
    }

    private void write(ReceivedHit hit) {
        if (!isOpen) {
            hits.producer().beginTransaction();
            isOpen = true;
            openedNanos = System.nanoTime();
        }
        hits.send(hit);
        if (System.nanoTime() - openedNanos >= lengthNanos) {
            commitOpen();
        }
    }

    /** Sees to it that all hits taken so far are in the topic for good. */
    void commit() {
        attempt(this::commitOpen);
    }

    private void commitOpen() {
        if (!isOpen) {
            return;
        }
        long beginNanos = System.nanoTime();
        OffsetAndMetadata position = new OffsetAndMetadata(taken, "hits of " + total);
        hits.producer().sendOffsetsToTransaction(Map.of(bookmark, position), new ConsumerGroupMetadata(name));
        hits.flush();
        hits.producer().commitTransaction();
        isOpen = false;
        inTopic = taken;
        long tookNanos = System.nanoTime() - beginNanos;
        lengthNanos = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, COMMITS_FILL * tookNanos));
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    private JobException failed(KafkaException failure) {
        if (is(failure, ProducerFencedException.class) || is(failure, InvalidProducerEpochException.class)) {
            return new JobException(
                    "another import of the same hits has taken over, or Kafka took longer than " + ABORTED_AFTER_MS
                            + " ms for a transaction. If no other runs, " + goOn(),
                    failure);
        }
        if (is(failure, AuthorizationException.class)) {
            return new JobException(
                    "Kafka does not allow the import: " + failure.getMessage() + ". It takes the ACLs Read and Write on"
                            + " topic \"" + bookmark.topic() + "\", and for names that begin with \""
                            + name.substring(0, name.lastIndexOf('-') + 1)
                            + "\" Write on TransactionalId and Read on Group.",
                    failure);
        }
        return new JobException(
                "Kafka: " + failure.getMessage() + ". " + inTopic + " of " + total + " hits are in; " + goOn(),
                failure);
    }

    private static String goOn() {
        return "the same command goes on with the rest.";
    }

    private static boolean is(KafkaException failure, Class<? extends Exception> kind) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** What is not committed is aborted, and not in the topic. */
    @Override
    public void close() {
        hits.close();
    }
}
