package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.operate.Job;
import io.checkoutmetrics.stream.Outcomes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The job itself, with its defaults but for what the subject's settings say. */
final class JobSubject implements Subject {
    private static final Duration DRAIN_WITHIN = Duration.ofHours(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration LAST_COMMIT_WITHIN = Duration.ofSeconds(2);
    private static final Duration COMMIT_WITHIN = Duration.ofMinutes(1);

    private final Assignment assignment;
    private final Settings settings;
    private final Map<String, Long> outcomes = new HashMap<>();

    JobSubject(Assignment assignment) {
        this.assignment = assignment;
        this.settings = settings(assignment);
    }

    /** The job's settings for a run. */
    static Settings settings(Assignment assignment) {
        SettingsSource source = new SettingsSource();
        assignment.settings().forEach(source::set);
        return source.set("application.id", assignment.run())
                .set("kafka.bootstrap.servers", assignment.bootstrapServers())
                .set("schema.registry.url", assignment.registryUrl())
                .set("state.dir", assignment.stateFolder())
                .set("topics.create", "true")
                .set("topics.input", assignment.topic())
                .set("topics.metrics", assignment.topicOfRun("metrics"))
                .set("topics.intervals", assignment.topicOfRun("intervals"))
                .set("topics.dead-letters", assignment.topicOfRun("dead-letters"))
                .read();
    }

    @Override
    public Drained drain() throws IOException, InterruptedException, ExecutionException {
        Truth truth = Truth.read(Path.of(assignment.truthFile()));
        try (TopicsOfRun topics = new TopicsOfRun(assignment);
                Job job = Job.startUntil(settings, assignment.endOffsets())) {
            Outcomes reached = job.outcomes();
            DrainWatch watch = DrainWatch.start(
                    assignment.hits(),
                    Progress.of(
                            assignment.hits(),
                            () -> reached.get("hits_read"),
                            truth.counted(),
                            () -> reached.get("counted")));
            StreamsCommits commits = new StreamsCommits();
            long before = awaitEnd(job, commits);
            commits.awaitNext(before, LAST_COMMIT_WITHIN);
            topics.awaitCommitted(COMMIT_WITHIN);
            Drained drained = watch.committed().withSent(SentBytes.now());
            outcomes.putAll(reached.snapshot());
            return drained;
        }
    }

    /** Gives the number of commits right before the end: one more is needed for the end itself. */
    private static long awaitEnd(Job job, StreamsCommits commits) throws InterruptedException {
        long untilNanos = System.nanoTime() + DRAIN_WITHIN.toNanos();
        while (true) {
            long before = commits.total();
            if (job.awaitEnd(LOOK_AGAIN)) {
                return before;
            }
            if (System.nanoTime() > untilNanos) {
                throw new IllegalStateException(
                        "the job did not end; " + job.outcomes().snapshot());
            }
        }
    }

    @Override
    public void check(Truth truth) {
        Checks.equal("hits_read", truth.hits(), outcomes.getOrDefault("hits_read", 0L));
        Checks.equal("checkouts_seen", truth.checkouts(), outcomes.getOrDefault("checkouts_seen", 0L));
        Checks.equal("counted", truth.counted(), outcomes.getOrDefault("counted", 0L));
        Checks.equal("duplicate", truth.checkouts() - truth.counted(), outcomes.getOrDefault("duplicate", 0L));
        new PublishedCounts(assignment, settings).check(truth);
    }
}
