package io.checkoutmetrics.bench.subject;

import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.operate.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.rocksdb.RocksDBException;

/** The state of the job: the memory that it takes, and how long it takes to get it back. */
final class JobState {
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Duration RESTORED_WITHIN = Duration.ofHours(1);

    private JobState() {}

    /** Drains the topic, and tells once a second what memory that takes; last when all has gone through. */
    static void drain(Assignment assignment, Consumer<MemorySample> taker) throws InterruptedException {
        long startNanos = System.nanoTime();
        try (Job job = Job.startUntil(JobSubject.settings(assignment), assignment.endOffsets())) {
            boolean isOver = false;
            while (!isOver) {
                isOver = job.awaitEnd(SAMPLE_EVERY);
                taker.accept(MemorySample.now(startNanos, job.outcomes(), isOver));
            }
        }
    }

    /** Starts a job that has drained the topic before and whose local state is gone. */
    static RestoredState restore(Assignment assignment)
            throws IOException, RocksDBException, InterruptedException, ExecutionException {
        Assignment watched =
                assignment.with("kafka.restore.consumer.interceptor.classes", RestoreWatch.class.getName());
        long startNanos = System.nanoTime();
        double seconds;
        Map<String, RestoreWatch.Restored> restored;
        try (Job job = Job.startUntil(JobSubject.settings(watched), assignment.endOffsets())) {
            await().atMost(RESTORED_WITHIN)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK_AGAIN)
                    .until(() -> job.state().equals(KafkaStreams.State.RUNNING.name()));
            restored = RestoreWatch.soFar();
            seconds = (System.nanoTime() - startNanos) / 1e9;
        }
        return new RestoredState(seconds, stores(assignment, restored));
    }

    private static Map<String, RestoredState.Store> stores(
            Assignment assignment, Map<String, RestoreWatch.Restored> restored)
            throws IOException, RocksDBException, InterruptedException, ExecutionException {
        Map<String, StoreEntries.Held> held = StoreEntries.counted(Path.of(assignment.stateFolder()));
        Map<String, RestoredState.Store> stores = new TreeMap<>();
        try (TopicsOfRun topics = new TopicsOfRun(assignment)) {
            Map<String, Long> bytes = topics.bytes();
            held.forEach((store, kept) -> {
                String changelog = assignment.topicOfRun(store + "-changelog");
                RestoreWatch.Restored got = restored.getOrDefault(changelog, new RestoreWatch.Restored(0, 0, 0));
                stores.put(
                        store,
                        new RestoredState.Store(
                                got.records(),
                                got.bytes(),
                                got.seconds(),
                                kept.entries(),
                                kept.bytes(),
                                kept.diskBytes(),
                                bytes.getOrDefault(changelog, 0L)));
            });
        }
        return stores;
    }
}
