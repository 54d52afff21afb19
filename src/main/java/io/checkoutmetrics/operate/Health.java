package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How the process is: whether it lives, else it should be restarted; and whether the job does its work, else somebody
 * should look. What a restart cannot mend (Kafka or the registry away) never makes it dead. Thread-safe.
 */
public final class Health {
    private static final Duration LOOP_STUCK = Duration.ofSeconds(30);
    private static final String DEAD_THREAD = "DEAD";
    private static final Part UNHEARD = Part.ill("brokers", "none answers: the job starts when one does");

    private final Duration stallTimeout;
    private final Clock clock;
    private volatile @Nullable Job job;
    private volatile boolean isStopping;
    private volatile boolean isWaitingForBrokers;
    private final ClockSteps steps = new ClockSteps();
    private volatile Instant beatAt = Instant.MAX;

    public Health(Settings settings, Clock clock) {
        this.stallTimeout = settings.pace().stallTimeout();
        this.clock = clock;
    }

    /** From here on it is about that job. */
    public void started(Job started) {
        beat();
        job = started;
    }

    /** No broker answers, so the job cannot be started yet. */
    public void waitsForBrokers() {
        isWaitingForBrokers = true;
    }

    /** To be called by the process's main loop, several times a second. */
    public void beat() {
        Instant now = clock.instant();
        steps.setBackBy(now);
        beatAt = now;
    }

    /** The job is being closed: not ready any more, but alive until it is. */
    public void stopping() {
        isStopping = true;
    }

    /** Whether the process lives. */
    public HealthReport alive() {
        Job current = job;
        if (current == null || isStopping) {
            return HealthReport.of(List.of(Part.well("process", isStopping ? "stopping" : "starting")));
        }
        return HealthReport.of(List.of(loop(), threads(current.engine())));
    }

    private Part loop() {
        Duration still = Duration.between(beatAt, clock.instant());
        return still.compareTo(LOOP_STUCK) < 0
                ? Part.well("loop", "moving")
                : Part.ill("loop", "the main loop has not moved for " + still.toSeconds() + " s");
    }

    private static Part threads(KafkaStreams engine) {
        KafkaStreams.State state = engine.state();
        if (state.hasCompletedShutdown() || state == KafkaStreams.State.PENDING_ERROR) {
            return Part.ill("threads", "the engine has stopped: " + state);
        }
        try {
            long alive = engine.metadataForLocalThreads().stream()
                    .map(ThreadMetadata::threadState)
                    .filter(one -> !one.equals(DEAD_THREAD))
                    .count();
            return alive > 0
                    ? Part.well("threads", alive + " alive")
                    : Part.ill("threads", "all stream threads are dead");
        } catch (IllegalStateException e) {
            return Part.well("threads", "the engine is " + state);
        }
    }

    /** Whether the job does its work. */
    public HealthReport ready() {
        Job current = job;
        if (current == null || isStopping) {
            Part engine = Part.ill("engine", isStopping ? "stopping" : "starting");
            return HealthReport.of(isWaitingForBrokers && !isStopping ? List.of(engine, UNHEARD) : List.of(engine));
        }
        return HealthReport.of(List.of(
                engine(current),
                current.brokers().part(),
                registry(current),
                input(current.progress().slowest()),
                clock()));
    }

    /** Less than what may stand still anyway is over before anybody would hear of it. */
    Part clock() {
        Instant now = clock.instant();
        Duration setBackBy = steps.setBackBy(now);
        return setBackBy.compareTo(stallTimeout) < 0
                ? Part.well("clock", "moving on")
                : Part.ill("clock", ClockSteps.words(setBackBy, now));
    }

    private static Part engine(Job job) {
        KafkaStreams.State state = job.engine().state();
        if (state == KafkaStreams.State.RUNNING) {
            return Part.well("engine", "running");
        }
        long left = job.restoration().remainingRecords();
        if (state == KafkaStreams.State.REBALANCING) {
            return Part.ill(
                    "engine",
                    left > 0
                            ? "restoring state: " + left + " records left"
                            : "partitions are being assigned, or state restored");
        }
        return Part.ill("engine", "the engine is " + state);
    }

    private static Part registry(Job job) {
        return job.isWaitingForRegistry()
                ? Part.ill("registry", "cannot be reached: records wait for it, nothing is lost")
                : Part.well("registry", "nobody waits for it");
    }

    Part input(Optional<Progress.Standing> slowest) {
        if (slowest.isEmpty()) {
            return Part.well("input", "no hit has come to this instance yet");
        }
        Progress.Standing standing = slowest.get();
        Duration still = standing.standsStillFor(clock.instant());
        if (still.compareTo(stallTimeout) >= 0) {
            return Part.ill(
                    "input",
                    "time has stood still for " + still.toSeconds() + " s: partition " + standing.slowest() + " of \""
                            + standing.sources() + "\" holds everything back");
        }
        return Part.well("input", standing.isBehind() ? "catching up with history" : "taken as it comes");
    }
}
