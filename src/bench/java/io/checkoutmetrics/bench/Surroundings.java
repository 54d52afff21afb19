package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.process.Broker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that all commands with processes have. */
final class Surroundings {
    /** Name of the line about the flags. */
    static final String JVM = "subjects' JVM";

    @Option(
            names = "--jvm",
            paramLabel = "FLAGS",
            description = "Flags of the subjects' JVMs, separated by blanks. Default: ${DEFAULT-VALUE}.")
    String jvm = "@config/jvm.options -XX:+UseParallelGC -Xms1g -Xmx1g";

    @Option(
            names = "--most-minutes",
            paramLabel = "N",
            description = "Longest that one run may take. Default: ${DEFAULT-VALUE}.")
    int mostMinutes = 15;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "For broker, topics, logs and reports. Default: ${DEFAULT-VALUE}.")
    Path path = Path.of("target", "bench");

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    private String arguments() {
        CommandLine program = Objects.requireNonNull(command).root().commandLine();
        return program.getParseResult().originalArgs().stream()
                .map(argument -> argument.contains(" ") ? '"' + argument + '"' : argument)
                .collect(Collectors.joining(" "));
    }

    BenchFolder folder() {
        return new BenchFolder(path);
    }

    Broker broker() throws IOException, InterruptedException {
        return Broker.start(folder().broker(), folder().log("broker"));
    }

    Runner runner(Broker broker) {
        return new Runner(folder(), broker, jvm, Duration.ofMinutes(mostMinutes));
    }

    Map<String, String> header() {
        Map<String, String> header = Machine.description();
        header.put("command", "mvn -q -Pbench test-compile exec:exec -Dbench.args='" + arguments() + "'");
        header.put(JVM, jvm + ", MALLOC_ARENA_MAX=2");
        return header;
    }
}
