package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.micro.HitReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "micro",
        description = {"Measures the methods of the hot path one by one, with JMH.", "Writes target/bench/micro.json."},
        mixinStandardHelpOptions = true)
final class MicroCommand implements Callable<Integer> {
    private static final Path RESULT = Path.of("target", "bench", "micro.json");

    @Parameters(
            paramLabel = "JMH-ARGUMENT",
            arity = "0..*",
            description = "Patterns of benchmarks' names, and JMH's options, such as HitReading -f 1 -prof gc.")
    List<String> arguments = List.of();

    @Override
    public Integer call() throws IOException, RunnerException, CommandLineOptionException {
        Files.createDirectories(RESULT.toAbsolutePath().getParent());
        CommandLineOptions given = new CommandLineOptions(arguments.toArray(new String[0]));
        OptionsBuilder options = new OptionsBuilder();
        options.parent(given).resultFormat(ResultFormatType.JSON).result(RESULT.toString());
        if (given.getIncludes().isEmpty()) {
            options.include(HitReading.class.getPackageName());
        }
        new org.openjdk.jmh.runner.Runner(options.build()).run();
        return 0;
    }
}
