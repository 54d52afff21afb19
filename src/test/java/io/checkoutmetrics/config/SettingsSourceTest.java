package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.TestSettings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.hit.DedupMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourceTest {
    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("job.properties"), java.util.List.of(lines));
    }

    @Test
    void laterSource_goesOverAnEarlierOne() throws IOException {
        SettingsSource source = new SettingsSource().file(file("grace=1m", "topics.input=a", "topics.metrics=m"));
        source.environment(Map.of("CHECKOUT_METRICS_TOPICS_INPUT", "b", "CHECKOUT_METRICS_TOPICS_METRICS", "n"));
        source.assignment("topics.metrics=o");
        Settings settings = source.read();
        assertThat(settings.rolling().grace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.topics().input()).isEqualTo("b");
        assertThat(settings.topics().metrics()).isEqualTo("o");
    }

    @Test
    void blanksAroundAValue_areNoPartOfIt_exceptWhereKafkaDecides() throws IOException {
        Settings settings = new SettingsSource()
                .file(file(
                        "topics.input = hits2  ",
                        "publish.early=off ",
                        "dedup.mode=visit\t",
                        "fields.events=evts ",
                        "kafka.sasl.jaas.config=a "))
                .read();
        assertThat(settings.topics().input()).isEqualTo("hits2");
        assertThat(settings.pace().publishEarly()).isEqualTo(Settings.Pace.NEVER);
        assertThat(settings.deduplication().mode()).isEqualTo(DedupMode.VISIT);
        assertThat(settings.hits().fields()).containsExactly(Map.entry("events", "evts"));
        assertThat(settings.kafka()).containsEntry("sasl.jaas.config", "a ");
    }

    @Test
    void fileIsReadAsUtf8() throws IOException {
        Settings settings =
                new SettingsSource().file(file("report-suites=boutique-été")).read();
        assertThat(settings.hits().reportSuites()).containsExactly("boutique-été");
    }

    @Test
    void missingFile_isNamed_withASampleToBeginWith() {
        Path missing = folder.resolve("no.properties");
        assertThatThrownBy(() -> new SettingsSource().file(missing))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith(missing + ": there is no such file.");
    }

    @Test
    void whatIsNoPropertiesFile_isRefused_namingIt() throws IOException {
        assertThatThrownBy(() -> new SettingsSource().file(folder)).isInstanceOf(InvalidSettingsException.class);
        Path latin = folder.resolve("latin.properties");
        Files.write(latin, "report-suites=été".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new SettingsSource().file(latin))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> new SettingsSource().file(file("grace=\\u12")))
                .isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void environment_namesSettingsInCapitals_alsoKafkasAndTheRegistrys() {
        Settings settings = new SettingsSource()
                .environment(Map.of(
                        "CHECKOUT_METRICS_DEDUP_EVENT_ID_RETENTION", "7d",
                        "CHECKOUT_METRICS_KAFKA_BOOTSTRAP_SERVERS", "b:1",
                        "CHECKOUT_METRICS_KAFKA_SASL_MECHANISM", "PLAIN",
                        "CHECKOUT_METRICS_BASIC_AUTH_USER_INFO", "me:secret",
                        "CHECKOUT_METRICS_SERVICE_HOST", "10.0.0.1",
                        "PATH", "/bin"))
                .read();
        assertThat(settings.deduplication().eventIdRetention()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.kafka()).isEqualTo(Map.of("bootstrap.servers", "b:1", "sasl.mechanism", "PLAIN"));
        assertThat(settings.registry()).containsEntry("basic.auth.user.info", "me:secret");
    }

    @Test
    void assignment_isNameEqualsValue_andTheValueMayHoldMoreOfThem() {
        assertThat(new SettingsSource()
                        .assignment(" kafka.client.rack = a b=\"c=d\";")
                        .read()
                        .kafka())
                .containsEntry("client.rack", "a b=\"c=d\";");
        for (String none : new String[] {"grace", "=1m"}) {
            assertThatThrownBy(() -> new SettingsSource().assignment(none))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessage("\"" + none + "\" is no setting. Write name=value.");
        }
    }

    @Test
    void modeOfOneReportSuite_goesOverTheModeOfAll() {
        Settings.Deduplication deduplication = read(
                        "dedup.mode=visit", "dedup.mode.eu=always", "dedup.mode.a.b=event-id")
                .deduplication();
        assertThat(deduplication.modeOf("eu")).isEqualTo(DedupMode.ALWAYS);
        assertThat(deduplication.modeOf("a.b")).isEqualTo(DedupMode.EVENT_ID);
        assertThat(deduplication.modeOf("us")).isEqualTo(DedupMode.VISIT);
    }

    @Test
    void noDimensionsAndNoReportSuites_areAllowed() {
        assertThat(read("dimensions=", "report-suites=").hits().dimensions()).isEmpty();
    }

    private SettingsSource withSecret(String password, String name, String reference) throws IOException {
        Path secrets = Files.writeString(folder.resolve("secrets.properties"), "password=" + password);
        return new SettingsSource()
                .set("config.providers", "file")
                .set("config.providers.file.class", FileConfigProvider.class.getName())
                .set("config.providers.file.param.allowed.paths", folder.toString())
                .set(name, reference.replace("FILE", secrets.toString()));
    }

    @Test
    void secret_isTakenFromItsFile() throws IOException {
        Settings settings = withSecret("hunter2", "kafka.ssl.key.password", "${file:FILE:password}")
                .read();
        assertThat(settings.kafka()).containsEntry("ssl.key.password", "hunter2");
    }

    @Test
    void secretInTheWrongPlace_isNotShown() throws IOException {
        for (String name :
                new String[] {"grace", "windows", "dedup.mode", "dedup.mode.eu", "topics.create", "topics.input"}) {
            SettingsSource source = withSecret("hunter 2", name, "${file:FILE:password}");
            assertThatThrownBy(source::read)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageStartingWith(name + ": what is behind ${file:")
                    .hasMessageNotContaining("hunter");
        }
    }

    @Test
    void secretThatIsNotInItsFile_isAProblem_notThePasswordItself() throws IOException {
        SettingsSource source = withSecret("hunter2", "kafka.ssl.key.password", "${file:FILE:passwort}");
        assertThatThrownBy(source::read)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("kafka.ssl.key.password: there is nothing behind ${file:")
                .hasMessageNotContaining("hunter2");
    }
}
