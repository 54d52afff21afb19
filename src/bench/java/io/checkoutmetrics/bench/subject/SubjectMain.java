package io.checkoutmetrics.bench.subject;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.bench.process.ChildJvm;
import io.checkoutmetrics.bench.workload.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A subject in a process of its own. Arguments are what to do, such as {@link #DRAIN}, and an {@link Assignment} as JSON.
 */
public final class SubjectMain {
    /** Drains the topic; prints {@link #DRAINED}, then {@link #RIGHT}, and ends. */
    public static final String DRAIN = "drain";

    /** Counts what comes into the topic; prints {@link #RUNNING}, and goes on until it is ended. */
    public static final String LIVE = "live";

    /** Lets the job drain the topic; prints {@link #SAMPLE} every second, and ends. */
    public static final String MEMORY = "memory";

    /** Starts a job that has drained the topic and has lost its local state; prints {@link #RESTORED}, and ends. */
    public static final String RESTORE = "restore";

    /** Begins a line with a {@link MemorySample}, as JSON. */
    public static final String SAMPLE = "SAMPLE ";

    /** Begins the line with a {@link RestoredState}, as JSON. */
    public static final String RESTORED = "RESTORED ";

    /** Begins the line with the figures, as JSON. */
    public static final String DRAINED = "DRAINED ";

    /** The line that says that the counts are right. */
    public static final String RIGHT = "RIGHT";

    /** The line that says that hits may come. */
    public static final String RUNNING = "RUNNING";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);
    private static final Duration RUNNING_WITHIN = Duration.ofMinutes(2);

    private SubjectMain() {}

    public static void main(String[] args) {
        ChildJvm.endWithParent();
        try {
            Assignment assignment = JSON.readValue(args[1], Assignment.class);
            switch (args[0]) {
                case DRAIN -> drain(assignment);
                case LIVE -> live(assignment);
                case MEMORY -> JobState.drain(assignment, sample -> print(SAMPLE, sample));
                case RESTORE -> print(RESTORED, JobState.restore(assignment));
                default -> throw new IllegalArgumentException(args[0] + " is nothing that a subject does");
            }
            System.exit(0);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void drain(Assignment assignment) throws Exception {
        Subject subject = switch (assignment.subject()) {
            case "bare" -> new BareConsumer(assignment);
            case "job" -> new JobSubject(assignment);
            case "dsl" -> new DslSubject(assignment);
            case "flink" -> new FlinkSubject(assignment);
            case "jet" -> new JetSubject(assignment);
            default -> throw new IllegalArgumentException("there is no subject " + assignment.subject());
        };
        Drained drained = subject.drain();
        print(DRAINED, drained);
        subject.check(Truth.read(Path.of(assignment.truthFile())));
        System.out.println(RIGHT);
    }

    private static void print(String prefix, Object figures) {
        try {
            System.out.println(prefix + JSON.writeValueAsString(figures));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures are plain records", e);
        }
    }

    private static void live(Assignment assignment) throws Exception {
        try (LiveSubject subject = switch (assignment.subject()) {
            case "job" -> LiveSubject.job(assignment);
            case "dsl" -> LiveSubject.dsl(assignment);
            default ->
                throw new IllegalArgumentException(assignment.subject() + " has no latency here: use job or dsl");
        }) {
            await().atMost(RUNNING_WITHIN).pollInterval(ASK_AGAIN).until(subject::isRunning);
            System.out.println(RUNNING);
            new CountDownLatch(1).await();
        }
    }
}
