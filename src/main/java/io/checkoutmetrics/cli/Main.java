package io.checkoutmetrics.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: {@code checkout-metrics COMMAND}. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
@Command(
        name = "checkout-metrics",
        description = "Rolling Checkouts from a stream of web-analytics hits.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            CheckCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            ReconcileCommand.class,
            ImportCommand.class,
            TrafficCommand.class,
            WatchCommand.class,
            TopologyCommand.class
        })
public final class Main implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        int exitCode = run(args);
        if (exitCode != 0 || !isInsideMaven()) {
            System.exit(exitCode);
        }
    }

    /** Without a command. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }

    /** Runs a command and returns its exit code, without ending this JVM. */
    static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }

    /** {@code mvn exec:java} runs us in its own JVM, and has work left when we are done. */
    private static boolean isInsideMaven() {
        return System.getProperty("maven.home") != null;
    }
}
