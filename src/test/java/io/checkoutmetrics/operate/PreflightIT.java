package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.registry.RegistryClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every problem is provoked on a broker and a registry of its own, and told with its remedy. */
class PreflightIT {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final RequiredAcl ANYTHING = new RequiredAcl(
            ResourceType.TOPIC, PatternType.PREFIXED, "t", Set.of(AclOperation.values()), "of this test");

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static Admin admin;
    private EmbeddedRegistry registry;
    private String prefix = "";

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(
                folder.resolve("kafka"), 0, Map.of("authorizer.class.name", DenyAll.class.getName()));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers(), "client.id", DenyAll.SETUP));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        registry = EmbeddedRegistry.start();
        prefix = "t" + NUMBER.incrementAndGet() + "-";
        DenyAll.ALLOWED.clear();
        DenyAll.DENIED.clear();
        DenyAll.ALLOWED.add(ANYTHING);
        DenyAll.ALLOWED.add(
                new RequiredAcl(ResourceType.GROUP, PatternType.PREFIXED, "t", Set.of(AclOperation.values()), ""));
        DenyAll.ALLOWED.add(new RequiredAcl(
                ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, "t", Set.of(AclOperation.values()), ""));
    }

    @AfterEach
    void end() {
        registry.close();
        DenyAll.ALLOWED.clear();
        DenyAll.DENIED.clear();
        DenyAll.USED.clear();
    }

    private Settings settings(String... assignments) {
        SettingsSource source = new SettingsSource()
                .set("kafka.bootstrap.servers", kafka.bootstrapServers())
                .set("schema.registry.url", registry.url())
                .set("state.dir", folder.resolve(prefix).toString())
                .set("state.dir.temporary", "true")
                .set("application.id", prefix + "app")
                .set("topics.input", prefix + "hits")
                .set("topics.metrics", prefix + "metrics")
                .set("topics.intervals", prefix + "intervals")
                .set("topics.dead-letters", prefix + "dead-letters");
        List.of(assignments).forEach(source::assignment);
        return source.read();
    }

    private Settings created(String... assignments) {
        Settings settings = settings(assignments);
        assertThat(notWell(Preflight.findings(settings, true))).isEmpty();
        return settings;
    }

    private static List<String> notWell(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.outcome() != Finding.Outcome.OK)
                .map(finding -> finding.outcome() + " " + finding.line())
                .toList();
    }

    private static List<String> found(Settings settings) {
        return notWell(Preflight.findings(settings, false));
    }

    private void topic(String name, int partitions, String cleanup) throws Exception {
        Uuid id = admin.createTopics(List.of(
                        new NewTopic(prefix + name, partitions, (short) 1).configs(Map.of("cleanup.policy", cleanup))))
                .topicId(prefix + name)
                .get();
        await().until(() -> TopicState.ask(admin, List.of(prefix + name)).found().values().stream()
                .anyMatch(known -> known.id().equals(id)));
    }

    private void committed(Settings settings, long offset) throws Exception {
        TopicPartition partition = new TopicPartition(settings.topics().input(), 0);
        admin.alterConsumerGroupOffsets(settings.applicationId(), Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private void hits(int number) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "client.id", DenyAll.SETUP + "-producer"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < number; i++) {
                producer.send(new ProducerRecord<>(prefix + "hits", 0, null, new byte[] {1}))
                        .get();
            }
        }
    }

    @Test
    void whatIsMissing_isToldAtOnce_andCreatedWhenToldTo() {
        Settings settings = settings();
        assertThat(found(settings))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("PROBLEM topics.")
                        .endsWith("\" does not exist on " + kafka.bootstrapServers()
                                + ". Create it, or set topics.create=true."));
        assertThatThrownBy(() -> Job.start(settings))
                .isInstanceOf(JobException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        found(settings).stream().map(line -> line.substring(8)).toList()));

        List<Finding> findings = Preflight.findings(settings, true);

        assertThat(notWell(findings)).isEmpty();
        assertThat(findings).extracting(Finding::subject).contains("topics.input", "ACLs", "offsets", "schemas");
        assertThat(found(settings)).isEmpty();
        assertThat(DenyAll.DENIED).isEmpty();
    }

    @Test
    void whatTheJobWillCreate_isNoProblem() {
        assertThat(found(settings("topics.create=true")))
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line).startsWith("WARNING topics.").contains("The job creates it"));
    }

    @ParameterizedTest
    @CsvSource({
        "topics.input, hits, cleanup.policy=compact, PROBLEM, is compacted",
        "topics.input, hits, retention.ms=60000, WARNING, keeps hits for PT1M",
        "topics.metrics, metrics, cleanup.policy=delete, WARNING, is not compacted",
        "topics.intervals, intervals, cleanup.policy=compact, PROBLEM, is compacted",
        "topics.dead-letters, dead-letters, cleanup.policy=compact, PROBLEM, is compacted",
        "topics.intervals, intervals, message.timestamp.type=CreateTime, WARNING, dates records by what they tell of"
    })
    void topicThatDoesNotKeepWhatItHasTo_isTold_withTheCommandThatMendsIt(
            String setting, String topic, String config, String outcome, String what) throws Exception {
        Settings settings = created();
        String[] change = config.split("=", 2);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, prefix + topic);
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(new AlterConfigOp(new ConfigEntry(change[0], change[1]), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        await().untilAsserted(() -> assertThat(found(settings))
                .singleElement()
                .asString()
                .startsWith(outcome + " " + setting + ": \"" + prefix + topic + "\" ")
                .contains(what)
                .contains("Run kafka-configs.sh --bootstrap-server " + kafka.bootstrapServers() + " --alter --topic "
                        + prefix + topic + " --add-config " + change[0] + "="));
    }

    @Test
    void changelogThatIsNotCompacted_isRefused_atStartToo() throws Exception {
        Settings settings = created();
        topic("app-series-changelog", 1, "delete");
        assertThat(found(settings))
                .singleElement()
                .asString()
                .startsWith("PROBLEM internal topics: " + prefix + "app-series-changelog has to be compacted");
        assertThatThrownBy(() -> Job.start(settings))
                .isInstanceOf(JobException.class)
                .hasMessageStartingWith("internal topics: " + prefix + "app-series-changelog has to be compacted");
    }

    @Test
    void repartitionTopicOfOtherPartitions_orCompacted_isRefused() throws Exception {
        Settings settings = created();
        topic("app-checkouts-repartition", 3, "compact");
        assertThat(found(settings))
                .hasSize(2)
                .anyMatch(line -> line.contains("the input topic has 1 partitions and had 3"))
                .anyMatch(line -> line.contains("must not be compacted"));
    }

    @Test
    void changelogsThatAreGone_afterTheJobHasBegun_areRefused() throws Exception {
        Settings settings = created();
        hits(1);
        committed(settings, 1);
        assertThat(found(settings))
                .singleElement()
                .asString()
                .startsWith("PROBLEM internal topics: ")
                .contains(prefix + "app-series-changelog", "are gone, and what was counted with it.")
                .endsWith("Start anew under another application.id, with output topics of its own.");
    }

    /** As after a version that had none of them: visitors are null for a while, and items are admitted anew. */
    @Test
    void changelogsThatHoldNoCounts_mayBeGone() throws Exception {
        Settings settings = created();
        for (String name : new InternalTopicChecks(settings).names()) {
            if (!name.endsWith("-visitors-changelog") && !name.endsWith("-items-changelog")) {
                topic(name.substring(prefix.length()), 1, name.endsWith("-changelog") ? "compact" : "delete");
            }
        }
        hits(1);
        committed(settings, 1);

        assertThat(found(settings)).isEmpty();
    }

    private void internalTopics(Settings settings) throws Exception {
        for (String name : new InternalTopicChecks(settings).names()) {
            topic(name.substring(prefix.length()), 1, name.endsWith("-changelog") ? "compact" : "delete");
        }
    }

    @Test
    void hitsThatRetentionTook_beforeTheyWereCounted_areNamed() throws Exception {
        Settings settings = created();
        internalTopics(settings);
        hits(5);
        committed(settings, 1);
        assertThat(found(settings)).isEmpty();
        TopicPartition partition = new TopicPartition(prefix + "hits", 0);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3)))
                .all()
                .get();
        assertThat(found(settings))
                .singleElement()
                .asString()
                .startsWith("PROBLEM offsets: ")
                .contains(
                        partition + "@1 to 2", "--topic " + prefix + "hits:0 --reset-offsets --to-earliest --execute");
        assertThatThrownBy(() -> Job.start(settings)).hasMessageContaining(partition + "@1 to 2");

        committed(settings, 3);
        assertThat(found(settings)).isEmpty();
    }

    @Test
    void inputTopicThatWasMadeAnew_isToldByItsOffsets() throws Exception {
        Settings settings = created();
        internalTopics(settings);
        committed(settings, 7);
        assertThat(found(settings)).singleElement().asString().contains("deleted and made anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hits", "app-series-changelog"})
    void topicThatWasMadeAnew_isToldByItsId_howeverManyRecordsItHas(String madeAnew) throws Exception {
        Settings settings = created();
        internalTopics(settings);
        hits(3);
        committed(settings, 1);
        KnownTopics.write(admin, settings, ids(settings));
        assertThat(found(settings)).isEmpty();

        admin.deleteTopics(List.of(prefix + madeAnew)).all().get();
        await().ignoreExceptions()
                .untilAsserted(() -> topic(madeAnew, 1, madeAnew.equals("hits") ? "delete" : "compact"));
        hits(3);

        assertThat(found(settings))
                .singleElement()
                .asString()
                .startsWith(
                        "PROBLEM topics: \"" + prefix + madeAnew + "\" was deleted and made anew since the job began")
                .endsWith("Start anew under another application.id, with output topics of its own.");
        assertThatThrownBy(() -> Job.start(settings))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("was deleted and made anew since the job began");
    }

    private static Map<String, Uuid> ids(Settings settings) {
        List<String> names = new ArrayList<>(new InternalTopicChecks(settings).names());
        names.add(settings.topics().input());
        Map<String, Uuid> ids = new HashMap<>();
        TopicState.ask(admin, names).found().forEach((name, topic) -> ids.put(name, topic.id()));
        return ids;
    }

    @Test
    void stateInAFolderForTemporaryFiles_isAProblem_unlessTheSettingsAllowIt() {
        created();
        assertThat(found(settings("state.dir=/tmp/../tmp/state", "state.dir.temporary=false")))
                .singleElement()
                .asString()
                .startsWith("PROBLEM state.dir: /tmp/state is in /tmp, where the system deletes files by itself")
                .endsWith("set state.dir.temporary=true.");
        assertThat(found(settings("state.dir=/tmp/state"))).isEmpty();
    }

    @Test
    void schemasThatTheRegistryWouldRefuse_orThatCannotBeRead_areTold() throws Exception {
        Settings settings = created();
        try (RegistryClient client = RegistryClient.of(settings.registry())) {
            client.register(
                    prefix + "metrics-value",
                    SchemaBuilder.record("Other")
                            .fields()
                            .requiredString("x")
                            .endRecord()
                            .toString());
            client.register(
                    prefix + "hits-value",
                    SchemaBuilder.record("Hit")
                            .fields()
                            .requiredString("reportSuite")
                            .endRecord()
                            .toString());
        }
        assertThat(found(settings))
                .singleElement()
                .asString()
                .contains("would all be dead letters", "set fields.events");
        HttpRequest level = HttpRequest.newBuilder(URI.create(registry.url() + "/config"))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(level, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(found(settings))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("PROBLEM schemas: " + prefix + "metrics-value has a schema that CheckoutMetrics")
                        .contains("NAME_MISMATCH"));
        assertThat(found(settings("auto.register.schemas=false")))
                .anyMatch(line ->
                        line.contains("CheckoutInterval is not registered under " + prefix + "intervals-value"));
    }

    @Test
    void dimensionThatNoHitHas_isAWarning() {
        Settings settings = created();
        try (RegistryClient client = RegistryClient.of(settings.registry())) {
            client.register(prefix + "hits-value", Hit.getClassSchema().toString());
        }
        assertThat(found(settings("dimensions=contry,dimensions.eVar5,pageName")))
                .singleElement()
                .asString()
                .startsWith("WARNING dimensions: the latest schema of " + prefix + "hits-value has no field contry:");
    }

    @Test
    void registryThatIsDown_isTold_besideAllElse() {
        Settings settings = settings();
        registry.close();
        assertThat(found(settings))
                .hasSize(5)
                .anyMatch(line -> line.startsWith("PROBLEM schema.registry.url: schema registry "));
    }

    @Test
    void aclsThatAreMissing_areNamed_withoutAskingForWhatIsDenied() {
        Settings settings = created();
        DenyAll.ALLOWED.clear();
        RequiredAcl.of(settings).stream()
                .filter(acl -> acl.resource() != ResourceType.TRANSACTIONAL_ID)
                .filter(acl -> !acl.name().equals(prefix + "metrics"))
                .forEach(DenyAll.ALLOWED::add);
        DenyAll.ALLOWED.add(new RequiredAcl(
                ResourceType.TOPIC,
                PatternType.LITERAL,
                prefix + "metrics",
                Set.of(AclOperation.READ),
                "of this test"));
        List<String> found = found(settings);
        assertThat(found)
                .filteredOn(line -> line.startsWith("PROBLEM"))
                .hasSize(2)
                .anyMatch(line -> line.startsWith(
                        "PROBLEM ACLs: Write is not allowed on Topic \"" + prefix + "metrics\": publishes"))
                .anyMatch(line -> line.startsWith(
                        "PROBLEM ACLs: Write is not allowed on TransactionalId \"" + prefix + "app-…\""));
        assertThat(found)
                .filteredOn(line -> line.startsWith("WARNING"))
                .hasSize(4)
                .allMatch(line -> line.contains("may not be read"));
    }

    @Test
    void brokerThatDoesNotAnswer_isTold_andTheRegistryIsLookedAtAllTheSame() {
        List<Finding> findings = Preflight.findings(settings("kafka.bootstrap.servers=127.0.0.1:1"), false);
        assertThat(notWell(findings))
                .containsExactly("PROBLEM kafka.bootstrap.servers: no broker answers at 127.0.0.1:1 within 10 s."
                        + " Start Kafka, or correct the address and the security settings.");
        assertThat(findings).extracting(Finding::subject).contains("schema.registry.url");
    }

    @Test
    void settingsThatKafkaDoesNotKnow_andReplicasThatCannotBe_areTold() {
        created();
        assertThat(found(settings("kafka.acme.tracing.endpoint=x", "kafka.replication.factor=3")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("WARNING kafka.acme.tracing.endpoint: Kafka knows no such setting"))
                .anyMatch(line -> line.startsWith("PROBLEM kafka.replication.factor: "));
    }
}
