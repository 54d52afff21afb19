package io.checkoutmetrics.bench.subject;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.bench.process.ChildJvm;
import io.checkoutmetrics.bench.workload.Truth;
import java.nio.file.Path;

/**
 * A subject in a process of its own. The argument is an {@link Assignment} as JSON. Prints {@code DRAINED} with the
 * figures, as JSON, when the topic is drained, and {@code RIGHT} when the counts are checked.
 */
public final class SubjectMain {
    /** Begins the line with the figures. */
    public static final String DRAINED = "DRAINED ";

    /** The line that says that the counts are right. */
    public static final String RIGHT = "RIGHT";

    private static final JsonMapper JSON = new JsonMapper();

    private SubjectMain() {}

    public static void main(String[] args) {
        ChildJvm.endWithParent();
        try {
            Assignment assignment = JSON.readValue(args[0], Assignment.class);
            Subject subject = subject(assignment);
            Drained drained = subject.drain();
            System.out.println(DRAINED + JSON.writeValueAsString(drained));
            subject.check(Truth.read(Path.of(assignment.truthFile())));
            System.out.println(RIGHT);
            System.exit(0);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static Subject subject(Assignment assignment) {
        return switch (assignment.subject()) {
            case "bare" -> new BareConsumer(assignment);
            case "job" -> new JobSubject(assignment);
            case "dsl" -> new DslSubject(assignment);
            case "flink" -> new FlinkSubject(assignment);
            case "jet" -> new JetSubject(assignment);
            default -> throw new IllegalArgumentException("there is no subject " + assignment.subject());
        };
    }
}
