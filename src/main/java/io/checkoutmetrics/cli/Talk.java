package io.checkoutmetrics.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How much a command says on standard error. */
final class Talk {
    private static final String STREAMS = "org.apache.kafka.streams.";

    /**
     * Loggers of Kafka Streams that tell a failure, each with its stack trace, before the job does; one that tells for
     * every task that a single instance has no room for standbys; and the embedded broker's for appends it turned away,
     * which the producer either sends again, in order, or fails of and says so.
     */
    private static final List<String> REPEATERS = List.of(
            STREAMS + "KafkaStreams",
            STREAMS + "errors.LogAndFailProcessingExceptionHandler",
            STREAMS + "processor.internals.ProcessorNode",
            STREAMS + "processor.internals.TaskExecutor",
            STREAMS + "processor.internals.RecordCollectorImpl",
            STREAMS + "processor.internals.assignment.DefaultStandbyTaskAssignor",
            "kafka.server.ReplicaManager");

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more, and show stack traces.")
    boolean verbose;

    /** Says only what someone at a terminal has to know. */
    void little() {
        level(verbose ? Level.INFO : Level.ERROR, verbose ? Level.DEBUG : Level.WARN);
    }

    /** Says what an operator wants to find in the log. */
    void asAService() {
        level(verbose ? Level.INFO : Level.WARN, verbose ? Level.DEBUG : Level.INFO);
    }

    private void level(Level libraries, Level ours) {
        Level repeaters = verbose ? libraries : Level.OFF;
        if (LoggerFactory.getLogger("root") instanceof Logger) {
            Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            Logger own = (Logger) LoggerFactory.getLogger("io.checkoutmetrics");
            root.setLevel(libraries);
            own.setLevel(ours);
            if (verbose) {
                root.detachAppender("LIBRARIES");
                own.setAdditive(true);
                Optional.ofNullable(own.getAppender("STDERR")).ifPresent(root::addAppender);
                own.detachAppender("STDERR");
            }
            REPEATERS.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(repeaters));
        }
    }
}
