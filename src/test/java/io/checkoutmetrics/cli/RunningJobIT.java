package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.checkoutmetrics.Patience;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.Ports;
import io.checkoutmetrics.oracle.TopicReader;
import io.checkoutmetrics.registry.AvroSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a real broker: each test has topics of its own on it. */
class RunningJobIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Patience.LONG;
    private static final int HITS = 20;
    private static final AtomicInteger BATCHES = new AtomicInteger();

    @TempDir
    static Path folder;

    @Nullable
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    private static String brokers() {
        return Objects.requireNonNull(kafka).bootstrapServers();
    }

    /** Settings of a job that shares nothing but the broker with others. */
    private static String config(String name, String registryUrl, String... more) throws IOException {
        Path file = Files.write(
                folder.resolve(name + ".properties"),
                List.of(
                        "application.id=" + name,
                        "kafka.bootstrap.servers=" + brokers(),
                        "schema.registry.url=" + registryUrl,
                        "topics.input=" + name + "-hits",
                        "topics.metrics=" + name + "-metrics",
                        "topics.intervals=" + name + "-intervals",
                        "topics.dead-letters=" + name + "-dead-letters",
                        "state.dir=" + folder.resolve(name)));
        Files.write(file, List.of(more), java.nio.file.StandardOpenOption.APPEND);
        return file.toString();
    }

    private static String hits() throws IOException {
        Instant now = Instant.now();
        int batch = BATCHES.getAndIncrement();
        return Files.write(
                        Files.createTempFile(folder, "hits", ".jsonl"),
                        IntStream.range(0, HITS)
                                .mapToObj(i -> "{\"reportSuite\":\"eu\",\"events\":\"scCheckout:A" + batch + "-" + i
                                        + "\",\"time\":\"" + now + "\",\"country\":\"fr\"}")
                                .toList())
                .toString();
    }

    private static void importHits(String config) throws IOException {
        importHits(config, hits());
    }

    private static void importHits(String config, String file, String... more) {
        List<String> command = new ArrayList<>(
                List.of("import", "--config", config, "--set", "topics.create=true", "--format", "jsonl"));
        command.addAll(List.of(more));
        command.add(file);
        try (CommandProcess run = CommandProcess.start(folder, command.toArray(String[]::new))) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains(HITS + " hits written to");
            assertThat(run.out()).isEmpty();
        }
    }

    private static CommandProcess run(String config) {
        return CommandProcess.start(folder, "run", "--config", config, "--set", "topics.create=true");
    }

    private static long size(String topic) {
        return new TopicReader(brokers(), "http://127.0.0.1:1")
                .ends(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    private static void assertStopsWhenTold(CommandProcess job) {
        job.stop();
        job.stop();
        assertThat(job.exitCode()).as(job.err()).isZero();
        assertThat(job.out()).isEmpty();
    }

    @Test
    void missingTopics_areToldAllAtOnce() throws IOException {
        String config = config("missing", "http://127.0.0.1:1");
        try (CommandProcess job = CommandProcess.start(folder, "run", "--config", config)) {
            assertThat(job.exitCode()).isEqualTo(1);
            assertThat(job.err().lines())
                    .hasSize(4)
                    .first()
                    .isEqualTo("topics.input: \"missing-hits\" does not exist on " + brokers()
                            + ". Create it, or set topics.create=true.");
        }
    }

    @Test
    void importedHits_areWatchedAsJson_untilTold() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            String config = config("watched", registry.url());
            importHits(config);
            try (CommandProcess job = run(config)) {
                await().atMost(PATIENCE).until(() -> job.err().contains("RUNNING (was"));
                try (CommandProcess watch = CommandProcess.start(folder, "watch", "--config", config, "--json")) {
                    await().atMost(PATIENCE)
                            .until(() -> watch.outLines().stream().anyMatch(RunningJobIT::isComplete));
                    watch.stop();
                    assertThat(watch.exitCode()).as(watch.err()).isZero();
                    assertThat(watch.err()).isEmpty();
                }
                assertStopsWhenTold(job);
            }
        }
    }

    private static boolean isComplete(String line) {
        try {
            JsonNode one = JSON.readTree(line);
            return one.path("dimension").asText().equals("country")
                    && one.path("item").asText().equals("fr")
                    && one.at("/windows/0/checkouts").asLong() == HITS;
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void damagedState_isRestoredFromItsChangelog_andNothingCountsTwice() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            String config = config("damaged", registry.url());
            TopicReader topics = new TopicReader(brokers(), registry.url());
            String hits = hits();
            importHits(config, hits);
            try (CommandProcess job = run(config)) {
                await().atMost(PATIENCE).until(() -> newestTotal(topics, "damaged-metrics") == HITS);
                assertStopsWhenTold(job);
            }
            damageTables(folder.resolve("damaged"));
            try (CommandProcess job = run(config)) {
                await().atMost(PATIENCE).until(() -> job.err().contains("RUNNING (was"));
                importHits(config, hits, "--again");
                importHits(config);
                await().atMost(PATIENCE).until(() -> newestTotal(topics, "damaged-metrics") >= 2 * HITS);
                assertThat(job.err()).contains("is damaged: it is deleted, and restored from its changelog");
                assertStopsWhenTold(job);
            }
            assertThat(newestTotal(topics, "damaged-metrics")).isEqualTo(2 * HITS);
        }
    }

    /** Of the last day. */
    private static long newestTotal(TopicReader topics, String topic) {
        return topics.published(topic).stream()
                .filter(one -> one.value().path("dimension").asText().isEmpty())
                .mapToLong(one -> one.value().at("/windows/3/checkouts").asLong())
                .reduce(0, (before, last) -> last);
    }

    /** Overwrites the ends of all tables that databases have. */
    private static void damageTables(Path state) throws IOException {
        List<Path> tables;
        try (Stream<Path> all = Files.walk(state)) {
            tables = all.filter(file -> file.toString().endsWith(".sst")).toList();
        }
        assertThat(tables).isNotEmpty();
        for (Path table : tables) {
            byte[] bytes = Files.readAllBytes(table);
            Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 7);
            Files.write(table, bytes);
        }
    }

    @Test
    void registryDownAtStart_isWaitedFor_withinTheGroup_andNoHitIsLost() throws IOException {
        EmbeddedRegistry before = EmbeddedRegistry.start(Ports.free());
        int port = before.port();
        String config =
                config("patient", before.url(), "kafka.max.poll.interval.ms=5000", "kafka.transaction.timeout.ms=5000");
        importHits(config);
        before.close();
        try (CommandProcess job = run(config)) {
            await().atMost(PATIENCE).until(() -> job.err().contains("waiting for the schema registry"));
            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(8)) // longer than a thread may stay away from Kafka
                    .until(job::isRunning);
            try (EmbeddedRegistry back = EmbeddedRegistry.start(port);
                    AvroSerializer<Hit> sameIdAsBefore = new AvroSerializer<>()) {
                sameIdAsBefore.configure(Map.of("schema.registry.url", back.url()), false);
                sameIdAsBefore.serialize(
                        "patient-hits", Hit.newBuilder().setReportSuite("eu").build());
                TopicReader topics = new TopicReader(brokers(), back.url());
                await().atMost(PATIENCE)
                        .until(() -> topics.published("patient-metrics").stream()
                                .anyMatch(one ->
                                        one.value().at("/windows/0/checkouts").asLong() == HITS));
            }
            assertThat(size("patient-dead-letters")).isZero();
            assertThat(job.err()).containsOnlyOnce("RUNNING (was").doesNotContain("died");
            assertStopsWhenTold(job);
        }
    }

    @Test
    void hitsDeletedBeforeTheyWereRead_stopTheJob_sayingWhich() throws Exception {
        EmbeddedRegistry before = EmbeddedRegistry.start(Ports.free());
        int port = before.port();
        String config = config("overtaken", before.url());
        importHits(config);
        before.close();
        try (CommandProcess job = run(config);
                Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            await().atMost(PATIENCE).until(() -> job.err().contains("waiting for the schema registry"));
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            new TopicReader(brokers(), before.url())
                    .ends("overtaken-hits")
                    .forEach((partition, end) -> all.put(
                            new TopicPartition("overtaken-hits", partition), RecordsToDelete.beforeOffset(end)));
            admin.deleteRecords(all).all().get();
            try (EmbeddedRegistry back = EmbeddedRegistry.start(port);
                    AvroSerializer<Hit> sameIdAsBefore = new AvroSerializer<>()) {
                sameIdAsBefore.configure(Map.of("schema.registry.url", back.url()), false);
                sameIdAsBefore.serialize(
                        "overtaken-hits", Hit.newBuilder().setReportSuite("eu").build());
                job.exitCode();
            }
            assertThat(JobAndOracle.lastWords(job))
                    .startsWith("the job failed: the hits of overtaken-hits-")
                    .contains("from offset 0 on were deleted before they were counted");
        }
    }

    @Test
    void jobThatWaitsForTheRegistry_stopsWhenTold() throws IOException {
        String config;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            config = config("waiting", registry.url());
            importHits(config);
        }
        try (CommandProcess job = run(config)) {
            await().atMost(PATIENCE).until(() -> job.err().contains("waiting for the schema registry"));
            assertStopsWhenTold(job);
        }
    }

    @Test
    void registryThatRefuses_stopsTheJob_andNoHitBecomesADeadLetter() throws IOException {
        HttpServer refusing = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        refusing.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        refusing.start();
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            importHits(config("refused", registry.url()));
            String config = config(
                    "refused", "http://127.0.0.1:" + refusing.getAddress().getPort());
            try (CommandProcess job = run(config)) {
                assertThat(JobAndOracle.lastWords(job))
                        .startsWith("the job failed: schema registry http://127.0.0.1:")
                        .contains("HTTP 401", "Set valid credentials");
            }
            assertThat(size("refused-dead-letters")).isZero();
        } finally {
            refusing.stop(0);
        }
    }
}
