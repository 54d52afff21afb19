package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.Patience;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.Ports;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.operate.JobException;
import io.checkoutmetrics.registry.AvroSerializer;
import io.checkoutmetrics.subscriber.OutputSubscriber;
import io.checkoutmetrics.terminal.TestMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches a topic on a real broker. */
class WatchCommandIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Patience.LONG;

    @TempDir
    static Path folder;

    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    private static Settings settings(String topic) {
        return new SettingsSource()
                .set("kafka.bootstrap.servers", CLUSTER.brokers())
                .set("schema.registry.url", CLUSTER.registryUrl())
                .set("topics.metrics", topic)
                .read();
    }

    private static CheckoutMetrics metrics(String suite, long checkouts) {
        return TestMetrics.total(suite)
                .window(Duration.ofMinutes(1), checkouts, 0, 5L)
                .build();
    }

    /** Writes to a topic as the job does, in transactions. */
    private static final class Writer implements AutoCloseable {
        private final String topic;
        private final AvroSerializer<CheckoutMetrics> values = new AvroSerializer<>();
        private final KafkaProducer<byte[], byte[]> producer;

        Writer(String topic) throws Exception {
            this(topic, CLUSTER.brokers());
        }

        Writer(String topic, String brokers) throws Exception {
            this.topic = topic;
            values.configure(Map.of("schema.registry.url", CLUSTER.registryUrl()), false);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
                admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1)))
                        .all()
                        .get();
            }
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", brokers, "transactional.id", topic),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer.initTransactions();
        }

        Writer put(CheckoutMetrics metrics) {
            return send(true, metrics.getReportSuite(), values.serialize(topic, metrics));
        }

        Writer aborted(CheckoutMetrics metrics) {
            return send(false, metrics.getReportSuite(), values.serialize(topic, metrics));
        }

        Writer send(boolean commit, String suite, byte @Nullable [] value) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, SeriesKey.of(Series.total(suite)), value));
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.flush();
                producer.abortTransaction();
            }
            return this;
        }

        @Override
        public void close() {
            producer.close();
            values.close();
        }
    }

    /** Standard output as lines, until its reader goes away. */
    private static final class Reader extends OutputStream {
        private final StringBuilder text = new StringBuilder();
        private final AtomicBoolean gone = new AtomicBoolean();
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            if (gone.get()) {
                throw new IOException("broken pipe");
            }
            text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
            for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
                lines.add(text.substring(0, end));
                text.delete(0, end + 1);
            }
        }
    }

    @Test
    void json_tellsEveryCommittedRecordAsItComes_andEndsWhenNobodyReads() throws Exception {
        PrintStream usual = System.out;
        Reader reader = new Reader();
        try (Writer writer = new Writer("watched")) {
            writer.put(metrics("eu-shop", 3)).put(metrics("us-shop", 9)).aborted(metrics("eu-shop", 99));
            System.setOut(new PrintStream(reader, true, StandardCharsets.UTF_8));
            CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> Main.run(
                    "watch",
                    "--json",
                    "--report-suite",
                    "eu-shop",
                    "--set",
                    "kafka.bootstrap.servers=" + CLUSTER.brokers(),
                    "--set",
                    "schema.registry.url=" + CLUSTER.registryUrl(),
                    "--set",
                    "topics.metrics=watched"));

            await().until(() -> reader.lines.size() == 1);
            writer.put(metrics("eu-shop", 4));
            await().until(() -> reader.lines.size() == 2);
            reader.gone.set(true);
            writer.put(metrics("eu-shop", 5));

            assertThat(exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
        } finally {
            System.setOut(usual);
        }
        JsonNode first = JSON.readTree(reader.lines.get(0));
        assertThat(first.get("reportSuite").asText()).isEqualTo("eu-shop");
        assertThat(first.get("asOf").asText()).isEqualTo("2026-01-05T10:00:00Z");
        assertThat(first.get("windows").get(0).get("checkouts").asLong()).isEqualTo(3);
        assertThat(JSON.readTree(reader.lines.get(1)).at("/windows/0/checkouts").asLong())
                .isEqualTo(4);
    }

    @Test
    void brokenRecords_areCountedAndLeftOut_andTombstonesRemove() throws Exception {
        try (Writer writer = new Writer("mixed");
                OutputSubscriber<CheckoutMetrics> subscriber = OutputSubscriber.rolling(settings("mixed"))) {
            writer.send(true, "eu-shop", new byte[] {1, 2, 3})
                    .send(true, "eu-shop", new byte[] {0, 0, 0, 99, 99, 1})
                    .put(metrics("eu-shop", 3))
                    .put(metrics("eu-shop", 4))
                    .send(true, "us-shop", null);
            List<String> received = new ArrayList<>();

            await().until(() -> {
                subscriber.poll(
                        Duration.ofMillis(100),
                        (series, metrics) -> received.add(series.reportSuite() + " "
                                + (metrics == null
                                        ? "gone"
                                        : metrics.getWindows().get(0).getCheckouts())));
                return received.size() == 3;
            });

            assertThat(received).containsExactlyInAnyOrder("eu-shop 3", "eu-shop 4", "us-shop gone");
            assertThat(subscriber.broken()).isEqualTo(2);
            assertThat(subscriber.trouble()).isEmpty();
            await().until(() -> {
                subscriber.poll(Duration.ofMillis(100), (series, metrics) -> received.add("too much"));
                return subscriber.isCaughtUp();
            });
            assertThat(received).hasSize(3);
        }
    }

    @Test
    void whileTheRegistryIsAway_recordsWait_andNoneIsLeftOut() throws Exception {
        int port = Ports.free();
        Settings settings = new SettingsSource()
                .set("kafka.bootstrap.servers", CLUSTER.brokers())
                .set("schema.registry.url", "http://127.0.0.1:" + port)
                .set("topics.metrics", "waiting")
                .read();
        List<Series> received = new ArrayList<>();
        try (Writer writer = new Writer("waiting");
                OutputSubscriber<CheckoutMetrics> subscriber = OutputSubscriber.rolling(settings)) {
            writer.put(metrics("eu-shop", 3));
            await().until(() -> {
                subscriber.poll(Duration.ofMillis(100), (series, metrics) -> received.add(series));
                return !subscriber.trouble().isEmpty();
            });
            assertThat(received).isEmpty();

            try (EmbeddedRegistry back = EmbeddedRegistry.start(port);
                    AvroSerializer<CheckoutMetrics> values = new AvroSerializer<>()) {
                values.configure(Map.of("schema.registry.url", back.url()), false);
                values.serialize("waiting", metrics("eu-shop", 3));
                await().until(() -> {
                    subscriber.poll(Duration.ofMillis(100), (series, metrics) -> received.add(series));
                    return !received.isEmpty();
                });
            }
            assertThat(received).containsExactly(Series.total("eu-shop"));
            assertThat(subscriber.broken()).isZero();
            assertThat(subscriber.trouble()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", ""})
    void watchInAPipe_saysOnStandardError_whatItLeavesOut_andThatNoBrokerAnswers(String json) throws Exception {
        String topic = "piped" + json.length();
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve(topic));
        try (Writer writer = new Writer(topic, kafka.bootstrapServers())) {
            writer.send(true, "eu-shop", new byte[] {1, 2, 3}).put(metrics("eu-shop", 3));
            List<String> arguments = new ArrayList<>(List.of("watch", "--set", "topics.metrics=" + topic));
            arguments.addAll(List.of("--set", "kafka.bootstrap.servers=" + kafka.bootstrapServers()));
            arguments.addAll(List.of("--set", "schema.registry.url=" + CLUSTER.registryUrl()));
            arguments.addAll(json.isEmpty() ? List.of() : List.of(json));
            try (CommandProcess watch = CommandProcess.start(folder, arguments.toArray(String[]::new))) {
                await().atMost(PATIENCE).until(() -> watch.out().contains("eu-shop"));
                await().atMost(PATIENCE)
                        .until(() -> watch.err().contains("1 record could not be read and is left out\n"));
                kafka.close();
                await().atMost(PATIENCE)
                        .until(() -> watch.err()
                                .contains("Waiting: no broker answers at " + kafka.bootstrapServers() + "\n"));
                watch.stop();
                assertThat(watch.exitCode()).isZero();
            }
        } finally {
            kafka.close();
        }
    }

    @Test
    void missingTopic_isToldWithItsRemedy() {
        Assertions.assertThatThrownBy(() -> OutputSubscriber.rolling(settings("no-such-topic")))
                .isInstanceOf(JobException.class)
                .hasMessage("topics.metrics: \"no-such-topic\" does not exist on " + CLUSTER.brokers()
                        + ". Start the job, which creates it with topics.create=true, or correct the name.");
    }

    @Test
    void unreachableBroker_isToldWithItsRemedy() {
        Settings settings = new SettingsSource()
                .set("kafka.bootstrap.servers", "127.0.0.1:1")
                .read();

        Assertions.assertThatThrownBy(() -> OutputSubscriber.rolling(settings))
                .isInstanceOf(JobException.class)
                .hasMessageStartingWith("kafka.bootstrap.servers: no broker answers at 127.0.0.1:1 within 10 s.");
    }
}
