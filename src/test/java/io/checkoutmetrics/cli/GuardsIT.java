package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.operate.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the job cannot keep its promise it stops, and says what to do. */
class GuardsIT {
    @RegisterExtension
    static final SomeJobs JOBS = new SomeJobs();

    private static void garbage(String topic, int hits) throws Exception {
        long from = System.currentTimeMillis() - Duration.ofMinutes(20).toMillis();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", JOBS.brokers()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < hits; i++) {
                producer.send(new ProducerRecord<>(topic, 0, from + i * 500L, null, new byte[] {7, 7}));
            }
            producer.flush();
        }
    }

    @Test
    void floodOfGarbage_stopsTheJob_andEveryNextStart_andAnOwnerCanLetItThrough() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            ConfiguredJob configured = JOBS.job("flooded", registry.url());
            try (Topics topics = Topics.open(configured.settings())) {
                topics.createInput(1);
            }
            garbage("flooded-hits", 2_000);
            for (int start = 0; start < 2; start++) {
                try (CommandProcess job = configured.run()) {
                    assertThat(JobAndOracle.lastWords(job))
                            .startsWith("the job failed: ")
                            .contains("(100%) were dead letters", "bad_frame", "--set dead-letters.max-share=off");
                    assertThat(job.err())
                            .as("one message, and no stack trace before it")
                            .containsOnlyOnce("were dead letters")
                            .doesNotContain("Exception");
                }
            }
            try (CommandProcess job = configured.run("--set", "dead-letters.max-share=off")) {
                job.awaitRunning();
                JobAndOracle.stop(job);
            }
        }
    }

    @Test
    void stateFolderOfAnotherProcess_isRefused() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            ConfiguredJob configured = JOBS.job("shared", registry.url());
            try (CommandProcess first = configured.run()) {
                first.awaitRunning();
                try (CommandProcess second = configured.run()) {
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
        ConfiguredJob configured = JOBS.job("temporary", "http://127.0.0.1:1", "state.dir=/tmp/checkout-metrics-state");
        try (CommandProcess job = configured.run("--set", "state.dir.temporary=false")) {
            assertThat(job.exitCode()).as(job.err()).isEqualTo(2);
            assertThat(job.err()).startsWith("state.dir: /tmp/checkout-metrics-state is in /tmp");
        }
    }
}
