package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.checkoutmetrics.FlippedBit;
import io.checkoutmetrics.Patience;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.oracle.Audit;
import io.checkoutmetrics.oracle.JsonLines;
import io.checkoutmetrics.oracle.Published;
import io.checkoutmetrics.oracle.Recount;
import io.checkoutmetrics.oracle.Rules;
import io.checkoutmetrics.oracle.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlippedBitIT {
    private static final int CAMPAIGNS = 9_000;
    private static final String APPLICATION = "checkout-metrics";
    private static final Instant FIRST = Instant.parse("2026-01-05T10:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "2_0/rocksdb/series, /series is damaged: it is deleted",
        "1_0/rocksdb/seen, a stream thread died and is replaced"
    })
    void oneBitOfAStateFileFlippedWhileStopped_publishesTheSameFinals(String store, String said) throws IOException {
        List<String> first = hits("h", CAMPAIGNS);
        List<String> again = hits("again", CAMPAIGNS); // others with the same event IDs
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Map.of("num.partitions", "1"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            TopicReader topics = new TopicReader(kafka.bootstrapServers(), registry.url());
            Path config = config(kafka, registry);
            countAndStop(config, first, topics);
            FlippedBit.inTheLargestTable(
                    folder.resolve("state").resolve(APPLICATION).resolve(store));
            assertThat(countAndStop(config, again, topics)).contains(said);
            List<? extends JsonNode> expected = Recount.finals(
                            JsonLines.hits(Stream.concat(first.stream(), again.stream())
                                    .toList()),
                            Rules.defaults())
                    .intervals();
            assertThat(finals(topics)).as("still to come").hasSizeLessThan(expected.size() / 10);
            try (CommandProcess job = run(config, "idle.timeout=2s")) { // nothing comes any more
                await().atMost(Patience.LONG)
                        .until(() -> !job.isRunning() || finals(topics).size() >= expected.size());
                JobAndOracle.stop(job);
            }
            assertThat(Audit.compareUnordered(expected, finals(topics))).isEmpty();
        }
    }

    /** @return what the job said meanwhile */
    private String countAndStop(Path config, List<String> hits, TopicReader topics) throws IOException {
        try (CommandProcess job = run(config, "idle.timeout=1h")) {
            Path file = Files.write(folder.resolve("hits.jsonl"), hits);
            try (CommandProcess importing = CommandProcess.start(
                    folder, "import", "--config", config.toString(), "--format", "jsonl", file.toString())) {
                assertThat(importing.exitCode()).as(importing.err()).isZero();
            }
            for (String topic :
                    List.of("hits", APPLICATION + "-checkouts-repartition", APPLICATION + "-counts-repartition")) {
                await(topic).atMost(Patience.LONG).until(() -> !job.isRunning() || hasTaken(topics, topic));
            }
            JobAndOracle.stop(job);
            return job.err();
        }
    }

    /** All but a marker. */
    private static boolean hasTaken(TopicReader topics, String topic) {
        return committed(topics, topic) >= topics.ends(topic).getOrDefault(0, 0L) - 2;
    }

    private static long committed(TopicReader topics, String topic) {
        return topics.committed(APPLICATION, topic).getOrDefault(0, 0L);
    }

    private static List<String> hits(String name, int number) {
        return IntStream.range(0, number).mapToObj(i -> hit(name + i, i)).toList();
    }

    private static String hit(String id, int i) {
        return "{\"reportSuite\":\"eu\",\"events\":\"scCheckout:E" + i + "\",\"hitId\":\"" + id + "\",\"time\":\""
                + FIRST.plusMillis(i * 20L) + "\",\"country\":\"fr\",\"campaign\":\"" + "a-long-name-".repeat(8) + i
                + "\"}";
    }

    private Path config(EmbeddedKafka kafka, EmbeddedRegistry registry) throws IOException {
        return Files.write(
                folder.resolve("job.properties"),
                List.of(
                        "kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                        "schema.registry.url=" + registry.url(),
                        "topics.create=true",
                        "state.dir=" + folder.resolve("state")));
    }

    private CommandProcess run(Path config, String set) {
        return CommandProcess.start(folder, "run", "--config", config.toString(), "--set", set);
    }

    private static List<JsonNode> finals(TopicReader topics) {
        return topics.published("checkout-intervals").stream()
                .map(Published::value)
                .toList();
    }
}
