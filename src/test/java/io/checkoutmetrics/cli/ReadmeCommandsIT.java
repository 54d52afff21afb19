package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import io.checkoutmetrics.feed.TestFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's commands, copied and run: in a folder with the files they name, where Kafka's and the registry's addresses
 * come from the environment, and all of them at the same cluster one after the other, as a reader would.
 */
class ReadmeCommandsIT {
    private static final Duration PATIENCE = Patience.LONG;
    private static final String JAR = "java -jar target/checkout-metrics.jar ";

    @TempDir
    static Path folder;

    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    private final List<String> done = new ArrayList<>();

    @BeforeAll
    static void writeFiles() throws IOException {
        Files.createDirectories(folder.resolve("target"));
        Files.createSymbolicLink(folder.resolve("target/checkout-metrics.jar"), Path.of(System.getProperty("job.jar")));
        Files.createDirectories(folder.resolve("config"));
        Files.copy(Path.of("config/checkout-metrics.properties"), folder.resolve("config/checkout-metrics.properties"));
        writeHits();
        writeDataFeed();
        Files.writeString(
                folder.resolve("Subscriber.java"), here(Readme.blocks("java").get(0)));
    }

    /** Addresses of the README for those of this test. */
    private static String here(String text) {
        assertThat(text).contains("localhost:9092", "http://localhost:8081");
        return text.replace("localhost:9092", CLUSTER.brokers())
                .replace("http://localhost:8081", CLUSTER.registryUrl());
    }

    private static Map<String, String> environment() {
        return Map.of(
                "CHECKOUT_METRICS_KAFKA_BOOTSTRAP_SERVERS",
                CLUSTER.brokers(),
                "CHECKOUT_METRICS_SCHEMA_REGISTRY_URL",
                CLUSTER.registryUrl(),
                "CHECKOUT_METRICS_TOPICS_CREATE",
                "true",
                "CHECKOUT_METRICS_HTTP_LISTEN",
                "127.0.0.1:0",
                "KAFKA",
                CLUSTER.brokers(),
                "REGISTRY",
                CLUSTER.registryUrl());
    }

    private static void writeHits() throws IOException {
        Instant now = Instant.now();
        List<String> hits = IntStream.range(0, 20)
                .mapToObj(i -> "{\"reportSuite\":\"eu\",\"events\":\"scCheckout:A" + i + "\",\"time\":\"" + now
                        + "\",\"hitId\":\"h" + i + "\",\"country\":\"fr\"}")
                .toList();
        Files.write(folder.resolve("hits.jsonl"), hits);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("hits.jsonl.gz")))) {
            packed.write(String.join("\n", hits).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void writeDataFeed() throws IOException {
        Path path = Files.createDirectories(folder.resolve("path/to"));
        Files.writeString(path.resolve("column_headers.tsv"), "username\tpost_event_list\thit_time_gmt\tgeo_country\n");
        byte[] data = "my-suite\t11\t1767607200\tfra\n".getBytes(StandardCharsets.UTF_8);
        Files.write(path.resolve("hit_data.tsv"), data);
        Files.writeString(
                path.resolve("delivery_manifest.txt"),
                "Datafeed-Manifest-Version: 1.0\nLookup-Files: 0\nData-Files: 1\nTotal-Records: 1\n\n"
                        + "Data-File: hit_data.tsv\nMD5-Digest: " + TestFeed.md5(data) + "\nFile-Size: " + data.length
                        + "\nRecord-Count: 1\n");
    }

    /** Starts the one command of the README that begins so, and notes that it was run. */
    private CommandProcess start(String... beginnings) {
        return CommandProcess.shell(folder, environment(), next(beginnings));
    }

    private String next(String... beginnings) {
        List<String> found = ReadmeCommandsTest.RUN.stream()
                .filter(Readme.commands()::contains)
                .filter(command -> List.of(beginnings).stream().allMatch(command::contains))
                .filter(command -> !done.contains(command))
                .toList();
        assertThat(found).as("%s", List.of(beginnings)).isNotEmpty();
        done.add(found.get(0));
        return found.get(0);
    }

    /** Asks a job where it serves HTTP: here on a port that was free. */
    private CommandProcess ask(CommandProcess job, String... beginnings) {
        Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(job.err());
        assertThat(address.find()).as(job.err()).isTrue();
        String command = next(beginnings).replace("http://127.0.0.1:8080", address.group());
        return CommandProcess.shell(folder, environment(), command);
    }

    private static void assertDone(CommandProcess command, String expected) {
        assertThat(command.exitCode()).as(command.err()).isZero();
        assertThat(command.out() + command.err()).contains(expected);
    }

    private static void assertShows(CommandProcess command, String expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(command.out()).as(command.err()).contains(expected));
        command.stop();
        command.exitCode();
    }

    @Test
    void everyCommand_doesWhatItSays() throws IOException {
        readFiles();
        try (CommandProcess topology = start("topology")) {
            assertDone(topology, "1 RECOGNISE");
        }
        try (CommandProcess chart = start("topology", "--mermaid")) {
            assertDone(chart, "flowchart TB");
        }
        try (CommandProcess check = start("jar check ")) {
            assertDone(check, "The job can run.");
        }
        try (CommandProcess job = start("jar run ")) {
            job.awaitRunning();
            try (CommandProcess imported = start("import", " hits.jsonl")) {
                assertDone(imported, "20 hits written to \"hits\"");
            }
            try (CommandProcess hit = start("echo ")) {
                assertThat(hit.exitCode()).as(hit.err()).isZero();
            }
            try (CommandProcess mine = start("mine.jsonl", "import")) {
                assertDone(mine, "1 hits written to \"hits\"");
            }
            try (CommandProcess traffic = start("traffic")) {
                subscribe();
                browse(job);
                assertDone(traffic, " hits sent to \"hits\"");
            }
            try (CommandProcess reconciled = start("reconcile")) {
                assertThat(reconciled.exitCode()).as(reconciled.err()).isEqualTo(1);
                assertThat(reconciled.out()).contains("There are no finals");
            }
            JobAndOracle.stop(job);
        }
        assertThat(done).containsExactlyInAnyOrderElementsOf(ReadmeCommandsTest.RUN);
    }

    private void readFiles() throws IOException {
        try (CommandProcess feed = start("replay --report-suite")) {
            assertDone(feed, "\"reportSuite\":\"my-suite\",\"dimension\":\"\",\"item\":\"\"");
        }
        try (CommandProcess delivery = start("replay path/to/delivery")) {
            assertDone(delivery, "\"reportSuite\":\"my-suite\",\"dimension\":\"\",\"item\":\"\"");
            Files.writeString(folder.resolve("finals.jsonl"), delivery.out());
        }
        try (CommandProcess reconciled = start("--finals finals.jsonl")) {
            assertDone(reconciled, "Equal: 1 checkouts in 1 intervals.");
        }
        try (CommandProcess packed = start("--partitions 4")) {
            assertDone(packed, "\"checkouts\":20");
        }
        try (CommandProcess rolling = start("--rolling")) {
            assertDone(rolling, "\"checkouts\":20");
        }
    }

    private void browse(CommandProcess job) {
        try (CommandProcess all = ask(job, "/api/v1/metrics'")) {
            assertDone(all, "\"reportSuite\":\"eu\"");
        }
        try (CommandProcess top = ask(job, "&top=5")) {
            assertDone(top, "eu-shop");
        }
        try (CommandProcess stream = ask(job, "/api/v1/stream")) {
            assertShows(stream, "event: snapshot");
        }
    }

    private void subscribe() {
        try (CommandProcess watch = start("watch")) {
            assertShows(watch, "  eu  ");
        }
        try (CommandProcess json = start("watch", "--json")) {
            assertShows(json, "{\"reportSuite\":\"eu\"");
        }
        try (CommandProcess java = start("Subscriber.java")) {
            assertShows(java, "[\"eu\"] ");
        }
    }

    @Test
    void python_isPython() throws IOException {
        assumeTrue(isInstalled("python3"), "python3 is not installed");
        Files.writeString(
                folder.resolve("subscriber.py"), Readme.blocks("python").get(0));
        try (CommandProcess python = CommandProcess.shell(folder, Map.of(), "python3 -m py_compile subscriber.py")) {
            assertThat(python.exitCode()).as(python.err()).isZero();
        }
    }

    @Test
    void kcat_showsWhatIsPublished() {
        assumeTrue(isInstalled("kcat"), "kcat is not installed");
        try (CommandProcess version = CommandProcess.shell(folder, Map.of(), "kcat -V")) {
            version.exitCode();
            assumeTrue(version.out().contains("Avro"), "this kcat was built without Avro");
        }
        String ofItsOwn = " --set application.id=kcat --set topics.input=kcat-hits --set state.dir=kcat-state";
        try (CommandProcess job = CommandProcess.shell(folder, environment(), JAR + "run" + ofItsOwn)) {
            job.awaitRunning();
            try (CommandProcess traffic =
                            CommandProcess.shell(folder, environment(), JAR + "traffic --duration 5s" + ofItsOwn);
                    CommandProcess kcat =
                            CommandProcess.shell(folder, Map.of(), here(ReadmeCommandsTest.RUN_IF_INSTALLED.get(0)))) {
                assertDone(traffic, "hits sent");
                assertShows(kcat, "\"windows\"");
            }
            JobAndOracle.stop(job);
        }
    }

    private static boolean isInstalled(String tool) {
        try (CommandProcess found = CommandProcess.shell(folder, Map.of(), "sh -c 'command -v " + tool + "'")) {
            return found.exitCode() == 0;
        }
    }
}
