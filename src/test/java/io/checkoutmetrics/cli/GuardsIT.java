package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.operate.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the job cannot keep its promise it stops, and says what to do. */
class GuardsIT {
    @TempDir
    Path folder;

    private Path config(EmbeddedKafka kafka, EmbeddedRegistry registry) throws IOException {
        return Files.write(
                folder.resolve("job.properties"),
                List.of(
                        "kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                        "schema.registry.url=" + registry.url(),
                        "topics.create=true",
                        "state.dir=" + folder.resolve("state")));
    }

    private CommandProcess run(Path config, String... more) {
        return CommandProcess.start(
                folder,
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("run", "--config", config.toString()),
                                java.util.stream.Stream.of(more))
                        .toArray(String[]::new));
    }

    private static void garbage(EmbeddedKafka kafka, int hits) throws Exception {
        long from = System.currentTimeMillis() - Duration.ofMinutes(20).toMillis();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < hits; i++) {
                producer.send(new ProducerRecord<>("hits", 0, from + i * 500L, null, new byte[] {7, 7}));
            }
            producer.flush();
        }
    }

    @Test
    void floodOfGarbage_stopsTheJob_andEveryNextStart_andAnOwnerCanLetItThrough() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            Path config = config(kafka, registry);
            try (Topics topics = Topics.open(new SettingsSource().file(config).read())) {
                topics.createInput(1);
            }
            garbage(kafka, 2_000);
            for (int start = 0; start < 2; start++) {
                try (CommandProcess job = run(config)) {
                    assertThat(JobAndOracle.lastWords(job))
                            .startsWith("the job failed: ")
                            .contains("(100%) were dead letters", "bad_frame", "--set dead-letters.max-share=off");
                    assertThat(job.err())
                            .as("one message, and no stack trace before it")
                            .containsOnlyOnce("were dead letters")
                            .doesNotContain("Exception");
                }
            }
            try (CommandProcess job = run(config, "--set", "dead-letters.max-share=off")) {
                await().until(() -> job.err().contains("RUNNING (was"));
                job.stop();
                assertThat(job.exitCode()).as(job.err()).isZero();
            }
        }
    }

    @Test
    void stateFolderOfAnotherProcess_isRefused() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            Path config = config(kafka, registry);
            try (CommandProcess first = run(config)) {
                await().until(() -> first.err().contains("RUNNING (was"));
                try (CommandProcess second = run(config)) {
                    assertThat(JobAndOracle.lastWords(second))
                            .isEqualTo("the job cannot start: state.dir is in use by another process."
                                    + " Give each instance a state.dir of its own, or end that process.");
                }
                assertThat(first.isRunning()).isTrue();
            }
        }
    }

    @Test
    void stateInAFolderForTemporaryFiles_isRefused_asAWrongSetting() throws Exception {
        Path config = Files.write(folder.resolve("job.properties"), List.of("state.dir=/tmp/checkout-metrics-state"));
        try (CommandProcess job = run(config, "--set", "state.dir.temporary=false")) {
            assertThat(job.exitCode()).as(job.err()).isEqualTo(2);
            assertThat(job.err()).startsWith("state.dir: /tmp/checkout-metrics-state is in /tmp");
        }
    }
}
