package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import io.checkoutmetrics.oracle.Audit;
import io.checkoutmetrics.oracle.JsonLines;
import io.checkoutmetrics.oracle.Published;
import io.checkoutmetrics.oracle.Recount;
import io.checkoutmetrics.oracle.Rules;
import io.checkoutmetrics.oracle.Timelines;
import io.checkoutmetrics.oracle.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class KilledJobIT {
    private static final int KILLS = 3;
    private static final List<String> INPUTS =
            List.of("hits", "checkout-metrics-checkouts-repartition", "checkout-metrics-counts-repartition");

    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = BrokerAndRegistry.withPartitions(3);

    @TempDir
    Path folder;

    @Test
    void jobKilledInTheMiddle_andStartedAgain_publishesTheSameFinalsOnce() throws IOException {
        List<String> hits = Timelines.hits(11, 6_000);
        TopicReader topics = new TopicReader(CLUSTER.brokers(), CLUSTER.registryUrl());
        ConfiguredJob configured =
                ConfiguredJob.in(folder, CLUSTER.settings(), "kafka.max.poll.records=100", "idle.timeout=30s");
        long leftOver = 0;
        for (List<String> part : parts(hits)) {
            try (CommandProcess job = configured.run()) {
                long before = size(topics, "checkout-intervals");
                importHits(configured, part);
                await().until(() -> !job.isRunning() || size(topics, "checkout-intervals") > before + 100);
                assertThat(job.isRunning()).as(job.err()).isTrue();
                job.kill();
            }
            leftOver += notYetCommitted(topics);
        }
        assertThat(leftOver).as("killed in the middle: there was work left").isPositive();
        List<? extends JsonNode> expected =
                Recount.finals(JsonLines.hits(hits), Rules.defaults()).intervals();
        try (CommandProcess job = configured.run("--set", "idle.timeout=2s")) { // nothing comes any more
            await().pollInterval(Duration.ofSeconds(1))
                    .until(() -> !job.isRunning() || finals(topics).size() >= expected.size());
            Instant then = newestAsOf(topics);
            await("what may be published twice comes later")
                    .until(() -> !job.isRunning() || newestAsOf(topics).isAfter(then.plusSeconds(3)));
            JobAndOracle.stop(job);
        }
        assertThat(Audit.compareUnordered(expected, finals(topics))).isEmpty();
        assertThat(Audit.order(topics.published("checkout-metrics").stream()
                        .filter(one -> !one.value().isNull())
                        .map(Published::value)
                        .toList()))
                .isEmpty();
    }

    private static List<List<String>> parts(List<String> hits) {
        int size = hits.size() / KILLS + 1;
        return IntStream.range(0, KILLS)
                .mapToObj(i -> hits.subList(i * size, Math.min(hits.size(), (i + 1) * size)))
                .toList();
    }

    /** Records of the input and the internal topics that the job has read, or could have, and not committed. */
    private static long notYetCommitted(TopicReader topics) {
        long left = 0;
        for (String topic : INPUTS) {
            left += size(topics, topic)
                    - topics.committed("checkout-metrics", topic).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
        }
        return left;
    }

    private void importHits(ConfiguredJob configured, List<String> hits) throws IOException {
        Path file = Files.write(folder.resolve("hits.jsonl"), hits);
        try (CommandProcess run = configured.command("import", "--format", "jsonl", file.toString())) {
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    private static long size(TopicReader topics, String topic) {
        try {
            return topics.ends(topic).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        } catch (RuntimeException e) {
            return 0; // not there yet
        }
    }

    private static Instant newestAsOf(TopicReader topics) {
        return topics.published("checkout-metrics").stream()
                .filter(one -> !one.value().isNull())
                .map(one -> Instant.parse(one.value().path("asOf").asText()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static List<JsonNode> finals(TopicReader topics) {
        return topics.published("checkout-intervals").stream()
                .map(Published::value)
                .toList();
    }
}
