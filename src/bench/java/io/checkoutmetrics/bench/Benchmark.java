package io.checkoutmetrics.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code mvn -q -Pbench test-compile exec:exec -Dbench.args='COMMAND OPTIONS'}. */
@Command(
        name = "bench",
        description = "Measures the job, beside the limit and its peers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DrainCommand.class,
            LatencyCommand.class,
            RestoreCommand.class,
            MemoryCommand.class,
            VisitorsCommand.class
        })
public final class Benchmark {
    private Benchmark() {}

    public static void main(String[] args) {
        CommandLine micro = new CommandLine(new MicroCommand());
        micro.setUnmatchedOptionsArePositionalParams(true); // they are JMH's
        System.exit(new CommandLine(new Benchmark())
                .addSubcommand(micro)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
