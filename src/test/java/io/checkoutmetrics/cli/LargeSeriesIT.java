package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.oracle.Published;
import io.checkoutmetrics.oracle.TopicReader;
import io.checkoutmetrics.registry.AvroSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series whose slices take more than the MiB that a record of Kafka's may have by default. */
class LargeSeriesIT {
    private static final int SECONDS = 400_000;
    /** Of the 248,400 in the window at the end; one less for each second that the test takes. */
    private static final int NEARLY_ALL = 240_000;

    private static final String WINDOW = "PT69H";

    @TempDir
    Path folder;

    @Test
    void seriesOfManySlices_isCounted_andRestored() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Map.of("num.partitions", "1"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            Path config = Files.write(
                    folder.resolve("job.properties"),
                    List.of(
                            "kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                            "schema.registry.url=" + registry.url(),
                            "topics.create=true",
                            "windows=69h/1s",
                            "state.dir=" + folder.resolve("state")));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("hits", 1, (short) 1)))
                        .all()
                        .get();
            }
            Instant from = Instant.now().minusSeconds(SECONDS);
            pageViewEverySecond(from, kafka.bootstrapServers(), registry.url());
            TopicReader topics = new TopicReader(kafka.bootstrapServers(), registry.url());

            try (CommandProcess job = run(config)) {
                awaitAllIn(topics, job, from.plusSeconds(SECONDS));
            }
            Utils.delete(folder.resolve("state").toFile());
            Instant restarted = Instant.now();
            try (CommandProcess job = run(config)) {
                awaitAllIn(topics, job, restarted);
            }
        }
    }

    private CommandProcess run(Path config) {
        return CommandProcess.start(folder, "run", "--config", config.toString());
    }

    private static void pageViewEverySecond(Instant from, String brokers, String registry) throws IOException {
        try (AvroSerializer<Hit> values = new AvroSerializer<>();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers), new ByteArraySerializer(), new ByteArraySerializer())) {
            values.configure(Map.of("schema.registry.url", registry), false);
            byte[] view = values.serialize(
                    "hits", Hit.newBuilder().setReportSuite("eu").setEvents("").build());
            for (int i = 0; i < SECONDS; i++) {
                producer.send(
                        new ProducerRecord<>("hits", 0, from.plusSeconds(i).toEpochMilli(), null, view));
            }
        }
    }

    private static void awaitAllIn(TopicReader topics, CommandProcess job, Instant asOf) {
        await().atMost(Patience.LONG).pollInterval(Duration.ofSeconds(1)).until(() -> {
            assertThat(job.isRunning()).as(job.err()).isTrue();
            List<Published> published = topics.published("checkout-metrics");
            return published.stream()
                    .map(Published::value)
                    .filter(value -> Instant.parse(value.path("asOf").asText()).isAfter(asOf))
                    .flatMap(value -> StreamSupport.stream(value.path("windows").spliterator(), false))
                    .anyMatch(window -> window.path("size").asText().equals(WINDOW)
                            && window.path("hits").asLong() > NEARLY_ALL);
        });
    }
}
