package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.Sandbox;
import io.checkoutmetrics.feed.FeedCounts;
import io.checkoutmetrics.feed.ReceivedHit;
import io.checkoutmetrics.operate.Job;
import io.checkoutmetrics.operate.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The very job, on a Kafka of its own, over hits that end. */
final class SandboxJob {
    /** Where the hits come from, in the order received. */
    interface Hits {
        FeedCounts read(Consumer<ReceivedHit> taker) throws IOException;
    }

    /**
     * @param files what was read
     * @param outcomes the job's counters
     */
    record Counted(FeedCounts files, Map<String, Long> outcomes) {}

    private SandboxJob() {}

    /** The settings of a source, for a job in there. */
    static Settings settingsIn(Sandbox sandbox, SettingsSource source) {
        sandbox.settings().forEach(source::set);
        return source.read();
    }

    /** Counts them all; afterwards the results are in the topics. */
    static Counted count(Sandbox sandbox, Settings settings, int partitions, Hits hits)
            throws IOException, InterruptedException {
        try (Topics topics = Topics.open(settings)) {
            topics.createInput(partitions);
        }
        FeedCounts counts;
        Map<Integer, Long> endOffsets;
        try (HitsTopic topic = new HitsTopic(settings)) {
            counts = hits.read(topic::send);
            endOffsets = topic.flush();
        }
        try (Job job = Job.startUntil(settings, endOffsets)) {
            while (!job.awaitEnd(Duration.ofMinutes(1))) {
                // goes on
            }
            return new Counted(counts, job.outcomes().snapshot());
        }
    }
}
