package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of what takes long. */
class ToldToStopIT {
    private static final int HITS = 150_000;
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+(?=/, and /metrics)");

    @TempDir
    Path folder;

    @Test
    void jobToldToStopWhileItCatchesUp_andWhileItRestoresItsState_endsCleanly_andIsExactAfterwards() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            JobAndOracle oracle = new JobAndOracle(folder, kafka.bootstrapServers(), registry.url());
            oracle.createTopics(2);
            oracle.send(HITS);
            Path config = oracle.config("kafka.max.poll.records=200");
            try (CommandProcess job = oracle.run(config)) {
                oracle.awaitCounts(job);
                JobAndOracle.stop(job);
            }
            assertThat(oracle.hitsCommitted()).as("there was more to do").isLessThan(oracle.hitsSent());
            try (CommandProcess job = oracle.run(config)) {
                await().atMost(JobAndOracle.PATIENCE)
                        .until(() -> !job.isRunning() || oracle.hitsCommitted() >= oracle.hitsSent());
                oracle.assertExact(job);
                JobAndOracle.stop(job);
            }
            delete(folder.resolve("state"));
            try (CommandProcess job = oracle.run(
                    config,
                    "--set",
                    "kafka.restore.consumer.max.partition.fetch.bytes=2000",
                    "--set",
                    "kafka.restore.consumer.max.poll.records=20")) {
                await().atMost(JobAndOracle.PATIENCE).until(() -> readiness(job).contains("restoring state"));
                JobAndOracle.stop(job);
            }
            oracle.send(40);
            try (CommandProcess job = oracle.run(config)) {
                oracle.assertExact(job);
                JobAndOracle.stop(job);
            }
        }
    }

    private static String readiness(CommandProcess job) throws Exception {
        assertThat(job.isRunning()).as(job.err()).isTrue();
        Matcher url = URL.matcher(job.err());
        return url.find()
                ? HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(url.group() + "/readyz"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body()
                : "";
    }

    private static void delete(Path state) throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
