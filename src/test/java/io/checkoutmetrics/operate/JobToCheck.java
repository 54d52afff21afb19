package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.TemporaryFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A job that has not started yet: for each test another, with topics and a registry of its own, on one broker for all tests of a
 * class, which allows everything for names that begin with {@code t} and, unless a test says otherwise, nothing else.
 */
final class JobToCheck implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private @Nullable TemporaryFolder folder;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable Admin admin;
    private @Nullable EmbeddedRegistry registry;
    private String prefix = "";

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        TemporaryFolder made = TemporaryFolder.create("job-to-check-");
        folder = made;
        kafka = EmbeddedKafka.start(
                made.path().resolve("kafka"), 0, Map.of("authorizer.class.name", DenyAll.class.getName()));
        admin = Admin.create(Map.of("bootstrap.servers", brokers(), "client.id", DenyAll.SETUP));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (admin != null) {
            admin.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (folder != null) {
            folder.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        registry = EmbeddedRegistry.start();
        prefix = "t" + NUMBER.incrementAndGet() + "-";
        DenyAll.ALLOWED.clear();
        DenyAll.DENIED.clear();
        for (ResourceType type : List.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
            DenyAll.ALLOWED.add(
                    new RequiredAcl(type, PatternType.PREFIXED, "t", Set.of(AclOperation.values()), "of this test"));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        registry().close();
        DenyAll.ALLOWED.clear();
        DenyAll.DENIED.clear();
        DenyAll.USED.clear();
    }

    /** With which the names of its topics begin. */
    String prefix() {
        return prefix;
    }

    /** Of somebody who may do everything. */
    Admin admin() {
        return Objects.requireNonNull(admin);
    }

    EmbeddedRegistry registry() {
        return Objects.requireNonNull(registry);
    }

    String brokers() {
        return Objects.requireNonNull(kafka).bootstrapServers();
    }

    Settings settings(String... assignments) {
        SettingsSource source = new SettingsSource()
                .set("kafka.bootstrap.servers", brokers())
                .set("schema.registry.url", registry().url())
                .set(
                        "state.dir",
                        Objects.requireNonNull(folder).path().resolve(prefix).toString())
                .set("state.dir.temporary", "true")
                .set("application.id", prefix + "app")
                .set("topics.input", prefix + "hits")
                .set("topics.metrics", prefix + "metrics")
                .set("topics.intervals", prefix + "intervals")
                .set("topics.dead-letters", prefix + "dead-letters");
        List.of(assignments).forEach(source::assignment);
        return source.read();
    }

    /** Settings, and all topics they need. */
    Settings created(String... assignments) {
        Settings settings = settings(assignments);
        assertThat(notWell(Preflight.findings(settings, true))).isEmpty();
        return settings;
    }

    /** What its preflight finds that is not well, without creating anything. */
    List<String> found(Settings settings) {
        return notWell(Preflight.findings(settings, false));
    }

    /** As {@code OUTCOME line}. */
    static List<String> notWell(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.outcome() != Finding.Outcome.OK)
                .map(finding -> finding.outcome() + " " + finding.line())
                .toList();
    }

    /** Creates a topic of its own, and waits until everybody knows it. */
    void topic(String name, int partitions, String cleanup) throws Exception {
        Uuid id = admin().createTopics(List.of(
                        new NewTopic(prefix + name, partitions, (short) 1).configs(Map.of("cleanup.policy", cleanup))))
                .topicId(prefix + name)
                .get();
        await().until(() -> TopicState.ask(admin(), List.of(prefix + name)).found().values().stream()
                .anyMatch(known -> known.id().equals(id)));
    }

    /** Creates all its internal topics. */
    void internalTopics(Settings settings) throws Exception {
        for (String name : new InternalTopicChecks(settings).names()) {
            topic(name.substring(prefix.length()), 1, name.endsWith("-changelog") ? "compact" : "delete");
        }
    }

    /** Commits that offset for it, on partition 0 of its input. */
    void committed(Settings settings, long offset) throws Exception {
        TopicPartition partition = new TopicPartition(settings.topics().input(), 0);
        admin().alterConsumerGroupOffsets(settings.applicationId(), Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    /** Sends so many records to partition 0 of its input. */
    void hits(int number) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers(), "client.id", DenyAll.SETUP + "-producer"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < number; i++) {
                producer.send(new ProducerRecord<>(prefix + "hits", 0, null, new byte[] {1}))
                        .get();
            }
        }
    }
}
