package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.registry.RegistryClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every problem is provoked on a broker and a registry of its own, and told with its remedy. */
class PreflightIT {
    @RegisterExtension
    static final JobToCheck JOB = new JobToCheck();

    @Test
    void whatIsMissing_isToldAtOnce_andCreatedWhenToldTo() {
        Settings settings = JOB.settings();
        assertThat(JOB.found(settings))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("PROBLEM topics.")
                        .endsWith("\" does not exist on " + JOB.brokers() + ". Create it, or set topics.create=true."));
        assertThatThrownBy(() -> Job.start(settings))
                .isInstanceOf(JobException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        JOB.found(settings).stream()
                                .map(line -> line.substring(8))
                                .toList()));

        List<Finding> findings = Preflight.findings(settings, true);

        assertThat(JobToCheck.notWell(findings)).isEmpty();
        assertThat(findings).extracting(Finding::subject).contains("topics.input", "ACLs", "offsets", "schemas");
        assertThat(JOB.found(settings)).isEmpty();
        assertThat(DenyAll.DENIED).isEmpty();
    }

    @Test
    void whatTheJobWillCreate_isNoProblem() {
        assertThat(JOB.found(JOB.settings("topics.create=true")))
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line).startsWith("WARNING topics.").contains("The job creates it"));
    }

    @Test
    void settingsOfKafka_thatAreWrongBesideEachOther_areWrongSettings() {
        Settings settings = JOB.created("kafka.heartbeat.interval.ms=7000");
        assertThatThrownBy(() -> Job.start(settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith(
                        "kafka.*: no client can be made of these settings: Heartbeat must be set lower");
    }

    @Test
    void stateInAFolderForTemporaryFiles_isAProblem_unlessTheSettingsAllowIt() {
        JOB.created();
        assertThat(JOB.found(JOB.settings("state.dir=/tmp/../tmp/state", "state.dir.temporary=false")))
                .singleElement()
                .asString()
                .startsWith("PROBLEM state.dir: /tmp/state is in /tmp, where the system deletes files by itself")
                .endsWith("set state.dir.temporary=true.");
        assertThat(JOB.found(JOB.settings("state.dir=/tmp/state"))).isEmpty();
    }

    @Test
    void schemasThatTheRegistryWouldRefuse_orThatCannotBeRead_areTold() throws Exception {
        Settings settings = JOB.created();
        try (RegistryClient client = RegistryClient.of(settings.registry())) {
            client.register(
                    JOB.prefix() + "metrics-value",
                    SchemaBuilder.record("Other")
                            .fields()
                            .requiredString("x")
                            .endRecord()
                            .toString());
            client.register(
                    JOB.prefix() + "hits-value",
                    SchemaBuilder.record("Hit")
                            .fields()
                            .requiredString("reportSuite")
                            .endRecord()
                            .toString());
        }
        assertThat(JOB.found(settings))
                .singleElement()
                .asString()
                .contains("would all be dead letters", "set fields.events");
        HttpRequest level = HttpRequest.newBuilder(URI.create(JOB.registry().url() + "/config"))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(level, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(JOB.found(settings))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "PROBLEM schemas: " + JOB.prefix() + "metrics-value has a schema that CheckoutMetrics")
                        .contains("NAME_MISMATCH"));
        assertThat(JOB.found(JOB.settings("auto.register.schemas=false")))
                .anyMatch(line ->
                        line.contains("CheckoutInterval is not registered under " + JOB.prefix() + "intervals-value"));
    }

    @Test
    void dimensionThatNoHitHas_isAWarning() {
        Settings settings = JOB.created();
        try (RegistryClient client = RegistryClient.of(settings.registry())) {
            client.register(JOB.prefix() + "hits-value", Hit.getClassSchema().toString());
        }
        assertThat(JOB.found(JOB.settings("dimensions=contry,dimensions.eVar5,pageName")))
                .singleElement()
                .asString()
                .startsWith(
                        "WARNING dimensions: the latest schema of " + JOB.prefix() + "hits-value has no field contry:");
    }

    @Test
    void registryThatIsDown_isTold_besideAllElse() {
        Settings settings = JOB.settings();
        JOB.registry().close();
        assertThat(JOB.found(settings))
                .hasSize(5)
                .anyMatch(line -> line.startsWith("PROBLEM schema.registry.url: schema registry "));
    }

    @Test
    void aclsThatAreMissing_areNamed_withoutAskingForWhatIsDenied() {
        Settings settings = JOB.created();
        DenyAll.ALLOWED.clear();
        RequiredAcl.of(settings).stream()
                .filter(acl -> acl.resource() != ResourceType.TRANSACTIONAL_ID)
                .filter(acl -> !acl.name().equals(JOB.prefix() + "metrics"))
                .forEach(DenyAll.ALLOWED::add);
        DenyAll.ALLOWED.add(new RequiredAcl(
                ResourceType.TOPIC,
                PatternType.LITERAL,
                JOB.prefix() + "metrics",
                Set.of(AclOperation.READ),
                "of this test"));
        List<String> found = JOB.found(settings);
        assertThat(found)
                .filteredOn(line -> line.startsWith("PROBLEM"))
                .hasSize(2)
                .anyMatch(line -> line.startsWith(
                        "PROBLEM ACLs: Write is not allowed on Topic \"" + JOB.prefix() + "metrics\": publishes"))
                .anyMatch(line -> line.startsWith(
                        "PROBLEM ACLs: Write is not allowed on TransactionalId \"" + JOB.prefix() + "app-…\""));
        assertThat(found)
                .filteredOn(line -> line.startsWith("WARNING"))
                .hasSize(4)
                .allMatch(line -> line.contains("may not be read"));
    }

    @Test
    void brokerThatDoesNotAnswer_isTold_andTheRegistryIsLookedAtAllTheSame() {
        List<Finding> findings = Preflight.findings(JOB.settings("kafka.bootstrap.servers=127.0.0.1:1"), false);
        assertThat(JobToCheck.notWell(findings))
                .containsExactly("PROBLEM kafka.bootstrap.servers: no broker answers at 127.0.0.1:1 within 10 s."
                        + " Start Kafka, or correct the address and the security settings.");
        assertThat(findings).extracting(Finding::subject).contains("schema.registry.url");
    }

    @Test
    void settingsThatKafkaDoesNotKnow_andReplicasThatCannotBe_areTold() {
        JOB.created();
        assertThat(JOB.found(JOB.settings("kafka.acme.tracing.endpoint=x", "kafka.replication.factor=3")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("WARNING kafka.acme.tracing.endpoint: Kafka knows no such setting"))
                .anyMatch(line -> line.startsWith("PROBLEM kafka.replication.factor: "));
    }
}
