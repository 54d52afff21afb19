package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.oracle.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands against a real broker: each test has topics of its own on it. */
class RunningJobIT {
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final SomeJobs JOBS = new SomeJobs();

    @Test
    void missingTopics_areToldAllAtOnce() throws IOException {
        ConfiguredJob configured = JOBS.job("missing", "http://127.0.0.1:1", "topics.create=false");
        try (CommandProcess job = configured.run()) {
            assertThat(job.exitCode()).isEqualTo(1);
            assertThat(job.err().lines())
                    .hasSize(4)
                    .first()
                    .isEqualTo("topics.input: \"missing-hits\" does not exist on " + JOBS.brokers()
                            + ". Create it, or set topics.create=true.");
        }
    }

    @Test
    void importedHits_areWatchedAsJson_untilTold() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            ConfiguredJob configured = JOBS.job("watched", registry.url());
            JOBS.importHits(configured);
            try (CommandProcess job = configured.run()) {
                job.awaitRunning();
                try (CommandProcess watch = configured.command("watch", "--json")) {
                    await().until(() -> watch.outLines().stream().anyMatch(RunningJobIT::isComplete));
                    JobAndOracle.stop(watch);
                    assertThat(watch.err()).isEmpty();
                }
                SomeJobs.assertStopsWhenTold(job);
            }
        }
    }

    private static boolean isComplete(String line) {
        try {
            JsonNode one = JSON.readTree(line);
            return one.path("dimension").asText().equals("country")
                    && one.path("item").asText().equals("fr")
                    && one.at("/windows/0/checkouts").asLong() == SomeJobs.HITS;
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void damagedState_isRestoredFromItsChangelog_andNothingCountsTwice() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            ConfiguredJob configured = JOBS.job("damaged", registry.url());
            TopicReader topics = new TopicReader(JOBS.brokers(), registry.url());
            String hits = JOBS.hits();
            SomeJobs.importHits(configured, hits);
            try (CommandProcess job = configured.run()) {
                await().until(() -> newestTotal(topics, "damaged-metrics") == SomeJobs.HITS);
                SomeJobs.assertStopsWhenTold(job);
            }
            damageTables(JOBS.folder().resolve("damaged"));
            try (CommandProcess job = configured.run()) {
                job.awaitRunning();
                SomeJobs.importHits(configured, hits, "--again");
                JOBS.importHits(configured);
                await().until(() -> newestTotal(topics, "damaged-metrics") >= 2 * SomeJobs.HITS);
                assertThat(job.err()).contains("is damaged: it is deleted, and restored from its changelog");
                SomeJobs.assertStopsWhenTold(job);
            }
            assertThat(newestTotal(topics, "damaged-metrics")).isEqualTo(2 * SomeJobs.HITS);
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
}
