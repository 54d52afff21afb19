package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import io.checkoutmetrics.registry.AvroDeserializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Imports that are broken off, on a real broker: each test has a topic of its own. */
class ImportIT {
    private static final Duration PATIENCE = Patience.LONG;
    private static final int MANY = 40_000;

    @TempDir
    static Path folder;

    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    private static void createTopic(String topic) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", CLUSTER.brokers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    /** Hits in the opposite order of time, told apart by their hit IDs. */
    private static String file(String name, int hits) throws IOException {
        Instant first = Instant.parse("2026-01-05T10:00:00Z");
        return Files.write(
                        folder.resolve(name),
                        IntStream.range(0, hits)
                                .mapToObj(i -> "{\"reportSuite\":\"eu\",\"hitId\":\"" + name + i + "\",\"visitorId\":\""
                                        + i % 100 + "\",\"time\":\"" + first.plusMillis(hits - i) + "\"}")
                                .toList())
                .toString();
    }

    private static CommandProcess importing(String topic, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                "--format",
                "jsonl",
                "--set",
                "kafka.bootstrap.servers=" + CLUSTER.brokers(),
                "--set",
                "schema.registry.url=" + CLUSTER.registryUrl(),
                "--set",
                "topics.input=" + topic));
        arguments.addAll(List.of(more));
        return CommandProcess.start(folder, arguments.toArray(String[]::new));
    }

    /** So slow that it can be broken off: every hit is a request of its own. */
    private static CommandProcess importingSlowly(String topic, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--set", "kafka.batch.size=0", "--set", "kafka.max.in.flight.requests.per.connection=1"));
        arguments.addAll(List.of(more));
        return importing(topic, arguments.toArray(String[]::new));
    }

    /** Its last words: a slow one tells its progress before. */
    private static String done(CommandProcess process) {
        assertThat(process.exitCode()).as(process.err()).isZero();
        assertThat(process.out()).isEmpty();
        return lastWords(process);
    }

    private static String lastWords(CommandProcess process) {
        return process.err()
                .lines()
                .filter(line -> !line.matches("(reading|writing)  .*"))
                .collect(Collectors.joining("\n"));
    }

    /** Hit IDs of a topic, as those see it who read what is committed. */
    private static List<String> hitIds(String topic) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers", CLUSTER.brokers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"));
        List<String> ids = new ArrayList<>();
        try (RegistryClient client = RegistryClient.of(Map.of("schema.registry.url", CLUSTER.registryUrl()));
                KafkaConsumer<byte[], Hit> consumer = new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new AvroDeserializer<>(client, Hit.class))) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> ids.add(record.value().getHitId()));
            }
        }
        return ids;
    }

    private static void awaitSome(String topic) {
        await().atMost(PATIENCE).until(() -> !hitIds(topic).isEmpty());
    }

    @Test
    void killedInTheMiddle_theSameCommandWritesTheRest_andEachHitOnce() throws Exception {
        createTopic("killed");
        String file = file("killed.jsonl", MANY);
        int before;
        try (CommandProcess first = importingSlowly("killed", file)) {
            awaitSome("killed");
            first.kill();
            before = hitIds("killed").size();
            assertThat(before).as("enough hits to be killed in the middle").isBetween(1, MANY - 1);
        }
        try (CommandProcess second = importing("killed", file)) {
            assertThat(done(second))
                    .matches("(?s)[0-9]+ hits written to \"killed\" after the [0-9]+ that were there from an earlier"
                            + " run, 0 broken records and 0 files with problems left out");
        }
        assertThat(hitIds("killed")).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void toldToStop_itSaysHowFarItCame_andGoesOnEvenFromAFileOfAnotherName() throws Exception {
        createTopic("stopped");
        String file = file("stopped.jsonl", MANY);
        try (CommandProcess first = importingSlowly("stopped", "--sorted", file)) {
            awaitSome("stopped");
            first.stop();
            assertThat(first.exitCode()).isEqualTo(1);
            assertThat(lastWords(first))
                    .matches("stopped: [0-9]+ of " + MANY + " hits are in \"stopped\"\\. The same command goes on with"
                            + " the rest\\.");
            assertThat(first.err()).contains("stopped: " + hitIds("stopped").size() + " of");
        }
        Path moved = Files.move(Path.of(file), folder.resolve("moved.jsonl"));
        try (CommandProcess second = importing("stopped", "--sorted", moved.toString())) {
            done(second);
        }
        assertThat(hitIds("stopped")).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void importedBefore_isNotWrittenAgain_unlessAsked() throws Exception {
        createTopic("twice");
        String file = file("twice.jsonl", 10);
        try (CommandProcess first = importing("twice", file)) {
            assertThat(done(first)).startsWith("10 hits written to \"twice\", 0 broken");
        }
        try (CommandProcess second = importing("twice", file)) {
            assertThat(done(second))
                    .startsWith("0 hits written to \"twice\" after the 10 that")
                    .endsWith("These hits had been imported before. --again writes them once more.");
        }
        assertThat(hitIds("twice")).hasSize(10);
        try (CommandProcess third = importing("twice", "--again", file)) {
            assertThat(done(third)).startsWith("10 hits written to \"twice\", 0 broken");
        }
        assertThat(hitIds("twice")).hasSize(20);
    }

    @Test
    void topicMadeAnew_hasNothingOfAnEarlierImport() throws Exception {
        createTopic("anew");
        String file = file("anew.jsonl", 10);
        try (CommandProcess first = importing("anew", file)) {
            done(first);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", CLUSTER.brokers()))) {
            admin.deleteTopics(List.of("anew")).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains("anew"));
        }
        createTopic("anew");
        try (CommandProcess second = importing("anew", file)) {
            assertThat(done(second)).startsWith("10 hits written to \"anew\", 0 broken");
        }
        assertThat(hitIds("anew")).hasSize(10);
    }

    @Test
    void aFileWithMoreHits_isAnotherImport() throws Exception {
        createTopic("grown");
        try (CommandProcess first = importing("grown", file("grown.jsonl", 10))) {
            done(first);
        }
        try (CommandProcess second = importing("grown", file("grown.jsonl", 11))) {
            assertThat(done(second)).startsWith("11 hits written to \"grown\", 0 broken");
        }
    }
}
