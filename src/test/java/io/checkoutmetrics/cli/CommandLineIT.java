package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says to those who call it, with nothing running around it. */
class CommandLineIT {
    private static final String NOBODY = "kafka.bootstrap.servers=127.0.0.1:1";

    @TempDir
    Path folder;

    private CommandProcess command(String line) {
        return CommandProcess.start(folder, line.split(" "));
    }

    /** One message for the user: nothing on standard output, no stack trace, no log of Kafka's. */
    private String refusal(int exitCode, String line) {
        try (CommandProcess command = command(line)) {
            assertThat(command.exitCode()).as(command.err()).isEqualTo(exitCode);
            assertThat(command.out()).isEmpty();
            assertThat(command.err())
                    .doesNotContain("\tat ")
                    .doesNotContain("Exception")
                    .doesNotContain("WARN")
                    .doesNotContain("org.apache");
            return command.err();
        }
    }

    private String file(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
        return name;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo ",
                "check ",
                "run ",
                "replay ",
                "reconcile ",
                "import ",
                "traffic ",
                "watch ",
                "topology "
            })
    void help_isResultAndNotTalk(String name) {
        try (CommandProcess help = command(name + "--help")) {
            assertThat(help.exitCode()).isZero();
            assertThat(help.out()).startsWith("Usage: checkout-metrics " + name);
            assertThat(help.err()).isEmpty();
        }
    }

    @Test
    void version_isTheJars() {
        try (CommandProcess version = command("--version")) {
            assertThat(version.exitCode()).isZero();
            assertThat(version.out()).matches("checkout-metrics [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\n");
        }
    }

    @Test
    void withoutACommand_usageIsShown() {
        try (CommandProcess nothing = CommandProcess.start(folder)) {
            assertThat(nothing.exitCode()).isEqualTo(2);
            assertThat(nothing.out()).isEmpty();
            assertThat(nothing.err()).startsWith("Usage: checkout-metrics").contains("replay", "topology");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, nonsense",
        "--nonsense, --nonsense",
        "run --confg x, --confg",
        "replay, FILE",
        "reconcile, --feed",
        "reconcile --finals no.jsonl --format jsonl --feed no.jsonl, no.jsonl",
        "replay --partitions many x, --partitions",
        "replay --partitions 0 --format jsonl x, 1 to 64",
        "replay --format csv x, JSONL",
        "replay --zone Mars x, Europe/Paris",
        "demo --duration soon, --duration",
        "demo --rate 0, --rate",
        "traffic --rate -1, --rate",
        "traffic --duration soon, --duration",
        "run --set grace, name=value",
        "run --config no.properties, no.properties",
        "replay --format jsonl no.jsonl, no.jsonl",
        "replay --headers no.tsv ., no.tsv",
        "import --format jsonl no.jsonl, no.jsonl"
    })
    void wrongUsage_isNamed(String line, String named) {
        assertThat(refusal(2, line)).contains(named);
    }

    @Test
    void wrongSettings_areToldAllAtOnce_eachWithItsRemedy() throws IOException {
        String config = file(
                "wrong.properties",
                "windows=1m/7s",
                "grace=soon",
                "topics.inputt=x",
                "topics.metrics=a/b",
                "topics.create=perhaps",
                "dedup.mode=never",
                "dedup.mode.eu=once",
                "kafka.bootstrap.servers=");
        assertThat(refusal(2, "run --config " + config).lines())
                .hasSize(8)
                .anySatisfy(line -> assertThat(line).startsWith("windows: slide PT7S does not divide size PT1M. Try"))
                .anySatisfy(line -> assertThat(line).startsWith("grace: \"soon\" is no duration. Write"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("topics.inputt: there is no such")
                        .contains("topics.input?"))
                .anySatisfy(line -> assertThat(line).startsWith("topics.metrics: \"a/b\" cannot name a topic. Use"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("topics.create: \"perhaps\"")
                        .endsWith("true or false"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("dedup.mode: \"never\"").contains("Use event-id"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("dedup.mode.eu: \"once\"").contains("Use event-id"))
                .anySatisfy(line -> assertThat(line).startsWith("kafka.bootstrap.servers: must not be empty"));
    }

    @ParameterizedTest
    @CsvSource({
        "value.serializer=no.such.Serializer, no.such.Serializer is not on the class path",
        "value.serializer=java.lang.String, java.lang.String is no serializer",
        "schema.registry.url=nowhere, Use http://host:port",
        "kafka.request.timeout.ms=soon, request.timeout.ms",
        "kafka.processing.guarantee=maybe, processing.guarantee",
        "kafka.num.stream.threads=0, Use 1 or more",
        "kafka.commit.interval.ms=-5, commit.interval.ms",
        "kafka.commit.interval.ms=soon, commit.interval.ms",
        "kafka.security.protocol=SASL_SSL, JAAS"
    })
    void settingsHandedOn_areRefusedBeforeAnybodyIsAsked(String setting, String message) {
        assertThat(refusal(2, "run --set " + NOBODY + " --set " + setting))
                .contains(message)
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch", "traffic", "import --format jsonl hit.jsonl"})
    void unreachableBroker_isNamed_withTheRemedy(String line) throws IOException {
        file("hit.jsonl", "{\"reportSuite\":\"eu\",\"time\":\"2026-01-05T10:00:00Z\"}");
        assertThat(refusal(1, line + " --set " + NOBODY))
                .startsWith("kafka.bootstrap.servers: no broker answers at 127.0.0.1:1 within 10 s. Start Kafka")
                .hasLineCount(1);
    }

    @Test
    void check_tellsProblemsAsResult_andWrongSettingsAsWrongUsage() {
        try (CommandProcess check = command("check --set " + NOBODY)) {
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.err()).isEmpty();
            assertThat(check.outLines())
                    .anyMatch(line ->
                            line.matches("problem  kafka.bootstrap.servers  no broker answers at 127.0.0.1:1 .*"))
                    .anyMatch(line -> line.matches(" +-> Start Kafka, or correct .*"))
                    .endsWith("Problems: 2, warnings: 0. The job cannot run.");
        }
        assertThat(refusal(2, "check --set grace=soon --set kafka.acks=some").lines())
                .hasSize(2);
        try (CommandProcess check = command("check --json --set grace=soon")) {
            assertThat(check.exitCode()).isEqualTo(2);
            assertThat(check.out()).startsWith("{\"ok\":false,\"problems\":1,").contains("\"subject\":\"grace\"");
        }
    }

    @Test
    void verbose_showsTheStackTrace() {
        try (CommandProcess run = command("watch --verbose --set kafka.bootstrap.servers=no-such-host.invalid:9092")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("no host of no-such-host.invalid:9092 can be found", "\tat ");
        }
    }

    @Test
    void topology_printsTopicsAndAcls() {
        try (CommandProcess topology = command("topology --set topics.input=my-hits --set application.id=my-job")) {
            assertThat(topology.exitCode()).isZero();
            assertThat(topology.err()).isEmpty();
            assertThat(topology.outLines())
                    .anyMatch(line -> line.matches("input +my-hits .*"))
                    .anyMatch(line -> line.matches("internal +my-job-checkouts-repartition .*"))
                    .anyMatch(line -> line.matches("Topic +literal +my-hits +Read .*"))
                    .anyMatch(line -> line.matches("TransactionalId +prefixed +my-job- +Write .*"));
        }
    }
}
