package io.checkoutmetrics.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.ShortLivedJvm;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.registry.AvroDeserializer;
import io.checkoutmetrics.registry.AvroSerializer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final long WITHIN_S = Patience.LONG.toSeconds();

    @TempDir
    Path folder;

    private static void createTopic(String bootstrap, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get(WITHIN_S, SECONDS);
        }
    }

    private static void send(String bootstrap, String topic, String value) throws Exception {
        send(bootstrap, topic, value, WITHIN_S);
    }

    private static void send(String bootstrap, String topic, String value, long withinS) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "max.block.ms", SECONDS.toMillis(withinS)),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(WITHIN_S, SECONDS);
        }
    }

    /** Everything in partition 0, once there are {@code count} records. */
    private static <V> List<V> read(KafkaConsumer<String, V> consumer, String topic, int count) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        List<V> values = new ArrayList<>();
        Awaitility.await().until(() -> {
            for (ConsumerRecord<String, V> each : consumer.poll(Duration.ofMillis(100))) {
                values.add(each.value());
            }
            return values.size() >= count;
        });
        return values;
    }

    private static List<String> read(String bootstrap, String topic, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            return read(consumer, topic, count);
        }
    }

    @Test
    void transactionWithOurSerializersByClassName_isReadCommitted() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            createTopic(kafka.bootstrapServers(), "hits");
            Hit hit = Hit.newBuilder()
                    .setReportSuite("eu")
                    .setEvents("scCheckout")
                    .build();
            try (KafkaProducer<String, Hit> producer = new KafkaProducer<>(Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(),
                    "transactional.id", "t",
                    "key.serializer", StringSerializer.class.getName(),
                    "value.serializer", AvroSerializer.class.getName(),
                    "schema.registry.url", registry.url()))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("hits", hit));
                producer.commitTransaction();
            }
            try (KafkaConsumer<String, Hit> consumer = new KafkaConsumer<>(Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(),
                    "isolation.level", "read_committed",
                    "key.deserializer", StringDeserializer.class.getName(),
                    "value.deserializer", AvroDeserializer.class.getName(),
                    "schema.registry.url", registry.url()))) {
                assertThat(read(consumer, "hits", 1)).containsExactly(hit);
            }
        }
    }

    @Test
    void restartOnTheSameFolderAndPort_keepsWhatWasSent() throws Exception {
        int port = Ports.free();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port, Map.of())) {
            createTopic(kafka.bootstrapServers(), "t");
            send(kafka.bootstrapServers(), "t", "before");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port, Map.of())) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            send(kafka.bootstrapServers(), "t", "after");
            assertThat(read(kafka.bootstrapServers(), "t", 2)).containsExactly("before", "after");
        }
    }

    @Test
    @Timeout(60)
    void takenPort_failsAtOnce_namingIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, taken.getLocalPort(), Map.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void failedStart_leavesThePortFree() throws Exception {
        int port = Ports.free();
        assertThatThrownBy(() -> EmbeddedKafka.start(folder, port, Map.of("num.io.threads", "none")))
                .hasMessageContaining("num.io.threads");
        new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
    }

    @Test
    void unknownTopic_isNotCreatedOnTheWay_andPropertiesAreTheCallers() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0, Map.of("message.max.bytes", "4321"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThatThrownBy(() -> send(kafka.bootstrapServers(), "none", "x", 5))
                    .hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(admin.listTopics().names().get(WITHIN_S, SECONDS)).isEmpty();
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            assertThat(admin.describeConfigs(List.of(broker))
                            .all()
                            .get(WITHIN_S, SECONDS)
                            .values())
                    .allSatisfy(config -> assertThat(String.valueOf(config.get("message.max.bytes")))
                            .contains("value=4321"));
        }
    }

    @Test
    @Timeout(120)
    void close_takesSeconds_andLeavesNoThreadThatKeepsTheJvm() throws Exception {
        Set<Thread> before = threadsThatKeepTheJvm();
        EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        EmbeddedRegistry registry = EmbeddedRegistry.start();
        createTopic(kafka.bootstrapServers(), "t");
        registry.close();
        kafka.close();
        Awaitility.await().pollInSameThread().untilAsserted(() -> {
            Set<Thread> left = threadsThatKeepTheJvm();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    private static Set<Thread> threadsThatKeepTheJvm() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    @Test
    void processOfItsOwn_printsItsAddress_andEndsOnSigterm() throws Exception {
        List<String> command = ShortLivedJvm.command();
        command.addAll(List.of("-Xmx256m", "-cp", ShortLivedJvm.classPath(), BrokerProcess.class.getName()));
        command.addAll(List.of(folder.toString(), "0", "message.max.bytes=4321"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String address = out.readLine();
            assertThat(address).startsWith("127.0.0.1:");
            createTopic(address, "t");
            assertThat(process.toHandle().destroy()).isTrue();
            assertThat(process.waitFor(WITHIN_S, SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }
}
