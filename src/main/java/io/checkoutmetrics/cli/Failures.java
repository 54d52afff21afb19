package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.feed.FeedException;
import io.checkoutmetrics.http.ListenException;
import io.checkoutmetrics.operate.JobException;
import io.checkoutmetrics.registry.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;

/** What a user reads when a command fails: one message with the remedy; the stack trace only with {@code --verbose}. */
final class Failures {
    private static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private Failures() {}

    static int wrongUsage(CommandLine.ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try \"" + command.getCommandSpec().qualifiedName() + " --help\".");
        err.flush();
        return WRONG_USAGE;
    }

    static int failed(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        PrintWriter err = command.getErr();
        err.println(message(failure));
        if (command.getParseResult().hasMatchedOption("--verbose")) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof InvalidSettingsException || failure instanceof FeedException ? WRONG_USAGE : FAILED;
    }

    private static String message(Exception failure) {
        if (failure instanceof InvalidSettingsException
                || failure instanceof FeedException
                || failure instanceof JobException
                || failure instanceof ListenException
                || failure instanceof RegistryException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof KafkaException) {
            return "Kafka: " + causeOf(failure);
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return "input or output failed: " + causeOf(failure);
        }
        return "a bug in checkout-metrics: " + failure + " (run it again with --verbose and report what it prints)";
    }

    private static String causeOf(Exception failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }
}
