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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlippedBitIT {
    private static final int CAMPAIGNS = 9_000;
    private static final String APPLICATION = "checkout-metrics";
    private static final Instant FIRST = Instant.parse("2026-01-05T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void oneBitOfAStateFileFlippedWhileStopped_publishesTheSameFinals() throws IOException {
        List<String> hits =
                IntStream.range(0, CAMPAIGNS).mapToObj(FlippedBitIT::hit).toList();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Map.of("num.partitions", "1"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            TopicReader topics = new TopicReader(kafka.bootstrapServers(), registry.url());
            Path config = config(kafka, registry);
            countAndStop(config, hits, topics);
            List<? extends JsonNode> expected =
                    Recount.finals(JsonLines.hits(hits), Rules.defaults()).intervals();
            assertThat(finals(topics)).as("still to come").hasSizeLessThan(expected.size() / 10);
            Path state = folder.resolve("state").resolve(APPLICATION);
            FlippedBit.inTheLargestTable(state.resolve("2_0").resolve("rocksdb").resolve("series"));
            try (CommandProcess job = run(config, "idle.timeout=2s")) { // nothing comes any more
                await().atMost(Patience.LONG)
                        .until(() -> !job.isRunning() || finals(topics).size() >= expected.size());
                JobAndOracle.stop(job);
                assertThat(job.err()).contains("/series is damaged: it is deleted, and restored from its changelog");
            }
            assertThat(Audit.compareUnordered(expected, finals(topics))).isEmpty();
        }
    }

    private void countAndStop(Path config, List<String> hits, TopicReader topics) throws IOException {
        try (CommandProcess job = run(config, "idle.timeout=1h")) {
            Path file = Files.write(folder.resolve("hits.jsonl"), hits);
            try (CommandProcess importing = CommandProcess.start(
                    folder, "import", "--config", config.toString(), "--format", "jsonl", file.toString())) {
                assertThat(importing.exitCode()).as(importing.err()).isZero();
            }
            for (String topic :
                    List.of("hits", APPLICATION + "-checkouts-repartition", APPLICATION + "-counts-repartition")) {
                long all = topics.ends(topic).getOrDefault(0, 0L);
                await(topic)
                        .atMost(Patience.LONG)
                        .until(() -> !job.isRunning() || committed(topics, topic) >= all - 1); // after it a marker
            }
            JobAndOracle.stop(job);
        }
    }

    private static long committed(TopicReader topics, String topic) {
        return topics.committed(APPLICATION, topic).getOrDefault(0, 0L);
    }

    private static String hit(int i) {
        return "{\"reportSuite\":\"eu\",\"events\":\"scCheckout:E" + i + "\",\"hitId\":\"h" + i + "\",\"time\":\""
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
