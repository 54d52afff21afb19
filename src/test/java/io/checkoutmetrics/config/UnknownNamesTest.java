package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.TestSettings.problems;
import static io.checkoutmetrics.config.TestSettings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.Hit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names nobody knows, wherever they stand. */
class UnknownNamesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "kafka.sasl.mechansim, kafka.sasl.mechanism",
        "kafka.consumer.max.pol.records, kafka.consumer.max.poll.records",
        "kafka.topic.retention.msec, kafka.topic.retention.ms",
        "sasl.mechanism, kafka.sasl.mechanism",
        "bootstrap.servers, kafka.bootstrap.servers",
        "kafak.num.stream.threads, kafka.num.stream.threads",
        "schema.registry.urls, schema.registry.url",
        "basic.auth.user.inf, basic.auth.user.info",
        "field.events, fields.events",
        "fields.visitorID, fields.visitorId",
        "config.provider, config.providers"
    })
    void mistypedName_isAnsweredWithTheNearest_behindPrefixesToo(String mistyped, String meant) {
        assertThat(problems(mistyped + "=1"))
                .singleElement()
                .asString()
                .startsWith(mistyped + ": ")
                .contains("Did you mean " + meant + "?");
    }

    @Test
    void nameThatKafkaDoesNotKnow_mayBeAPluginsOwn() {
        assertThat(read("kafka.acme.tracing.endpoint=x").kafka()).containsEntry("acme.tracing.endpoint", "x");
        assertThat(KafkaSettings.isKnown("acme.tracing.endpoint")).isFalse();
        assertThat(KafkaSettings.isKnown("client.tag.zone")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"kafka.application.id, application.id", "kafka.group.id, application.id", "kafka.state.dir, state.dir"})
    void nameThatTheJobHasItsOwnFor_isRefused(String kafkas, String ours) {
        assertThat(problems(kafkas + "=x")).singleElement().asString().endsWith("Set " + ours + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.processing.exception.handler",
                "kafka.deserialization.exception.handler",
                "kafka.default.production.exception.handler"
            })
    void handlerThatCouldSkipHits_isRefused(String handler) {
        assertThat(problems(handler + "=org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler"))
                .singleElement()
                .asString()
                .startsWith(handler + ": ")
                .endsWith("Leave it out.");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.request.timeout.ms=soon, \"soon\" cannot be used. Not a number of type INT",
        "kafka.processing.guarantee=maybe, \"maybe\" cannot be used.",
        "kafka.consumer.auto.offset.reset=first, \"first\" cannot be used.",
        "kafka.num.stream.threads=0, nothing is done without a thread"
    })
    void valueThatKafkaWouldRefuse_isRefusedWithAllElse(String setting, String why) {
        assertThat(problems(setting, "grace=soon"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(setting.substring(0, setting.indexOf('=')) + ": ")
                        .contains(why));
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.topic.cleanup.policy=compact, some have to be compacted and some must not be",
        "kafka.topic.retention.ms=86400000, would be deleted",
        "kafka.topic.retention.bytes=1000000, would be deleted"
    })
    void settingThatLetsTheJobsOwnTopicsForget_isRefused(String setting, String why) {
        assertThat(problems(setting))
                .singleElement()
                .asString()
                .startsWith(setting.substring(0, setting.indexOf('=')) + ": ")
                .contains(why)
                .endsWith("Leave it out.");
        assertThat(read("kafka.topic.retention.ms=-1", "kafka.topic.min.insync.replicas=2")
                        .kafka())
                .hasSize(3);
    }

    @Test
    void blanksAroundWhatKafkaReads_meanNothing() {
        Settings settings = read(
                "kafka.commit.interval.ms=250 ",
                "kafka.group.protocol=streams\t",
                "kafka.consumer.max.poll.records= 10 ",
                "kafka.replication.factor=3 ");
        assertThat(settings.commitInterval()).hasMillis(250);
        assertThat(settings.kafka())
                .containsEntry("group.protocol", "streams")
                .containsEntry("consumer.max.poll.records", "10")
                .containsEntry("replication.factor", "3");
        assertThat(problems("kafka.commit.interval.ms=1 0 "))
                .singleElement()
                .asString()
                .contains("\"1 0\" cannot");
    }

    @Test
    void blanksInSecrets_andInWhatAPluginReads_stay() {
        assertThat(read("kafka.ssl.key.password=p w ", "kafka.acme.greeting=hello ")
                        .kafka())
                .containsEntry("ssl.key.password", "p w ")
                .containsEntry("acme.greeting", "hello ");
    }

    @Test
    void wrongUseOfTheRegistrysSettings_isToldWithAllElse() {
        assertThat(problems(
                        "max.retries=many", "http.read.timeout.ms=0", "auto.register.schemas=perhaps", "grace=soon"))
                .hasSize(4);
        assertThat(problems("basic.auth.credentials.source=USER_INFO"))
                .singleElement()
                .asString()
                .contains("basic.auth.user.info is not set to user:password");
        assertThat(problems("schema.registry.url=nowhere"))
                .singleElement()
                .asString()
                .contains("Use http://host:port");
    }

    @Test
    void fieldThatAHitHasNot_isRefused_unlessItIsADimension() {
        assertThat(problems("fields.nope=x")).singleElement().asString().startsWith("fields.nope: a hit has no field");
        assertThat(read("dimensions=nope", "fields.nope=x").hits().fields()).containsEntry("nope", "x");
    }

    @Test
    void fieldsThatMayBeRenamed_areThoseOfTheHit() {
        assertThat(Hit.getClassSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .collect(Collectors.toSet()))
                .isEqualTo(Definition.HIT_FIELDS);
    }

    @Test
    void modeOfAReportSuiteThatIsNotCounted_isRefused() {
        assertThat(problems("report-suites=eu-shop,us-shop", "dedup.mode.eushop=visit"))
                .singleElement()
                .asString()
                .startsWith("dedup.mode.eushop: report-suites does not name that report suite.")
                .contains("Did you mean dedup.mode.eu-shop?");
        assertThat(read("dedup.mode.eushop=visit").deduplication().modeBySuite())
                .containsKey("eushop");
    }

    @Test
    void settingThatStandsTwiceInTheFile_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("twice.properties"), "grace=1m\nintervals=1m\ngrace=2m\n");
        assertThatThrownBy(() -> new SettingsSource().file(file).read())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("grace: stands in " + file + " more than once. Keep one.");
    }

    private static Settings environment(String variable, String value) {
        return new SettingsSource().environment(Map.of(variable, value)).read();
    }

    @ParameterizedTest
    @CsvSource({
        "CHECKOUT_METRICS_TOPICS_INPTU, CHECKOUT_METRICS_TOPICS_INPUT?",
        "CHECKOUT_METRICS_FIELDS_NOPE, Did you mean",
        "CHECKOUT_METRICS_DEDUP_MODE_EU_SHOP, Set dedup.mode.<suite> in the file"
    })
    void variableThatIsNoSetting_isRefused(String variable, String remedy) {
        assertThatThrownBy(() -> environment(variable, "x"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith(variable + ": ")
                .hasMessageContaining(remedy);
    }

    @Test
    void variable_namesSettingsBehindPrefixesToo_inTheirOwnSpelling() {
        assertThat(environment("CHECKOUT_METRICS_FIELDS_VISITORID", "mcvisid")
                        .hits()
                        .fields())
                .containsEntry("visitorId", "mcvisid");
        assertThat(environment("CHECKOUT_METRICS_SCHEMA_REGISTRY_SSL_TRUSTSTORE_TYPE", "PEM")
                        .registry())
                .containsEntry("schema.registry.ssl.truststore.type", "PEM");
        assertThat(environment("CHECKOUT_METRICS_KAFKA_ACME_KEY", "x").kafka()).containsEntry("acme.key", "x");
    }

    /** Kubernetes tells every container of every service in variables that begin with the service's name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHECKOUT_METRICS_SERVICE_HOST",
                "CHECKOUT_METRICS_SERVICE_PORT_HTTP",
                "CHECKOUT_METRICS_PORT",
                "CHECKOUT_METRICS_PORT_8080_TCP_ADDR",
                "CHECKOUT_METRICS_KAFKA_PORT_9092_TCP",
                "CHECKOUT_METRICS_KAFKA_SERVICE_HOST",
                "CHECKOUT_METRICS_SECRET_JAAS"
            })
    void variableThatIsNotForUs_changesNothing(String variable) {
        assertThat(environment(variable, "x")).isEqualTo(read());
    }
}
