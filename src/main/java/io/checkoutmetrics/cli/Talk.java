package io.checkoutmetrics.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How much a command says on standard error. */
final class Talk {
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

    private static void level(Level libraries, Level ours) {
        if (LoggerFactory.getLogger("root") instanceof Logger) {
            ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(libraries);
            ((Logger) LoggerFactory.getLogger("io.checkoutmetrics")).setLevel(ours);
        }
    }
}
