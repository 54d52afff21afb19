package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.config.HttpAddress;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests agree with each other, with the Dockerfile, and with the settings. Whether they run takes a cluster. */
class KubernetesFilesTest {
    private static final Path MANIFESTS = Path.of("config", "kubernetes");
    private static final String LABEL = "app.kubernetes.io/name";
    private static final String APP = "checkout-metrics";
    private static final String TOKEN_KEY = "http.token";
    private static final String TOKEN = "0123456789abcdef";
    private static final Pattern SECRET = Pattern.compile("\\$\\{dir:([^:}]+):([^}]+)}");

    @TempDir
    Path secrets;

    private final YamlFile set = only("StatefulSet");
    private final YamlFile pod = set.at("spec", "template", "spec");
    private final YamlFile job = pod.at("containers", 0);

    private static List<YamlFile> all() {
        YamlFile list = YamlFile.of(MANIFESTS.resolve("kustomization.yaml"));
        return list.at("resources").texts().stream()
                .flatMap(file -> YamlFile.documents(MANIFESTS.resolve(file)).stream())
                .toList();
    }

    private static YamlFile only(String kind) {
        List<YamlFile> found =
                all().stream().filter(one -> one.at("kind").text().equals(kind)).toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    private String properties() {
        return only("ConfigMap").at("data", "checkout-metrics.properties").text();
    }

    private static String mountOf(YamlFile job, String volume) {
        return job.at("volumeMounts").elements().stream()
                .filter(mount -> mount.at("name").text().equals(volume))
                .findFirst()
                .orElseThrow()
                .at("mountPath")
                .text();
    }

    @Test
    void everyManifest_isInTheKustomization_andHasTheLabel() throws IOException {
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("kustomization.yaml"),
                                    YamlFile.of(MANIFESTS.resolve("kustomization.yaml"))
                                            .at("resources")
                                            .texts()
                                            .stream())
                            .toList());
        }
        assertThat(all())
                .hasSize(7)
                .allSatisfy(one ->
                        assertThat(one.at("metadata", "labels", LABEL).text()).isEqualTo(APP));
    }

    @Test
    void selectors_findThePods() {
        assertThat(set.at("spec", "template", "metadata", "labels", LABEL).text())
                .isEqualTo(APP);
        assertThat(set.at("spec", "selector", "matchLabels", LABEL).text()).isEqualTo(APP);
        assertThat(only("PodDisruptionBudget")
                        .at("spec", "selector", "matchLabels", LABEL)
                        .text())
                .isEqualTo(APP);
        assertThat(only("NetworkPolicy")
                        .at("spec", "podSelector", "matchLabels", LABEL)
                        .text())
                .isEqualTo(APP);
        List<YamlFile> services = all().stream()
                .filter(one -> one.at("kind").text().equals("Service"))
                .toList();
        assertThat(services)
                .allSatisfy(one ->
                        assertThat(one.at("spec", "selector", LABEL).text()).isEqualTo(APP));
        assertThat(services.stream().map(one -> one.at("metadata", "name").text()))
                .contains(set.at("spec", "serviceName").text());
    }

    @Test
    void settings_areRead_withEverySecretThatTheyName() throws IOException {
        String folder = mountOf(job, "secrets");
        Matcher secret = SECRET.matcher(properties());
        int named = 0;
        while (secret.find()) {
            named++;
            assertThat(secret.group(1)).isEqualTo(folder);
            assertThat(only("Secret").at("stringData").keys()).contains(secret.group(2));
        }
        assertThat(named).isEqualTo(3);
        assertThat(only("Secret").at("stringData").keys())
                .contains(Path.of(settings(TOKEN).kafka().get("ssl.truststore.location"))
                        .getFileName()
                        .toString());

        Settings settings = settings(TOKEN);
        assertThat(settings.kafka().get("sasl.jaas.config")).contains("ScramLoginModule");
        assertThat(settings.registry().get("basic.auth.user.info")).startsWith("checkout-metrics:");
        assertThat(settings.kafka()).containsEntry("group.instance.id", "checkout-metrics-0");
        assertThat(settings.http().token()).isPresent();
        assertThat(settings.stateDir()).isEqualTo(mountOf(job, "state"));
    }

    @Test
    void secretAsItStands_isRefused_sinceEverybodyKnowsIt() {
        String asItStands = only("Secret").at("stringData", TOKEN_KEY).text();
        assertThatThrownBy(() -> settings(asItStands))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(TOKEN_KEY);
    }

    /** As the job reads them in the cluster, with that token in the secret. */
    private Settings settings(String token) throws IOException {
        for (String secret : only("Secret").at("stringData").keys()) {
            Files.writeString(
                    secrets.resolve(secret),
                    only("Secret").at("stringData", secret).text());
        }
        Files.writeString(secrets.resolve(TOKEN_KEY), token);
        String text = properties().replace("/run/secrets/checkout-metrics", secrets.toString());
        Path file = Files.writeString(secrets.resolve("checkout-metrics.properties"), text);
        YamlFile variable = job.at("env", 0);
        assertThat(variable.at("valueFrom", "fieldRef", "fieldPath").text()).isEqualTo("metadata.name");
        return new SettingsSource()
                .file(file)
                .environment(Map.of(variable.at("name").text(), "checkout-metrics-0"))
                .read();
    }

    @Test
    void command_isUnderstood_andFindsItsSettings() {
        String[] command = job.at("args").texts().toArray(String[]::new);
        assertThatCode(() -> Main.commandLine().parseArgs(command)).doesNotThrowAnyException();
        assertThat(command[2]).isEqualTo(mountOf(job, "settings") + "/checkout-metrics.properties");
        assertThat(mountOf(job, "tmp")).isEqualTo("/tmp");
    }

    @Test
    void everyVolume_isMounted_andComesFromWhatThereIs() {
        assertThat(pod.at("volumes").elements().stream()
                        .map(one -> one.at("name").text()))
                .containsExactlyInAnyOrder("settings", "secrets", "tmp");
        assertThat(set.at("spec", "volumeClaimTemplates", 0, "metadata", "name").text())
                .isEqualTo("state");
        assertThat(pod.at("volumes", 0, "configMap", "name").text())
                .isEqualTo(only("ConfigMap").at("metadata", "name").text());
        assertThat(pod.at("volumes", 1, "secret", "secretName").text())
                .isEqualTo(only("Secret").at("metadata", "name").text());
        assertThat(job.at("volumeMounts").elements()).hasSize(4);
    }

    @Test
    void probesAndServices_goWhereTheJobListens() throws IOException {
        Settings.Http http = settings(TOKEN).http();
        assertThat(job.at("ports", 0, "containerPort").text()).isEqualTo(port(http.listen()));
        assertThat(job.at("ports", 0, "name").text()).isEqualTo("http");
        assertThat(job.at("ports", 1, "containerPort").text()).isEqualTo(port(http.probes()));
        assertThat(job.at("ports", 1, "name").text()).isEqualTo("probes");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(job.at(probe, "httpGet", "port").text()).isEqualTo("probes");
            assertThat(job.at(probe, "httpGet", "path").text())
                    .isEqualTo(probe.equals("readinessProbe") ? "/readyz" : "/livez");
        }
        assertThat(only("NetworkPolicy")
                        .at("spec", "ingress", 0, "ports", 0, "port")
                        .text())
                .isEqualTo("http");
    }

    private static String port(Optional<HttpAddress> address) {
        return String.valueOf(address.orElseThrow().port());
    }

    @Test
    void pageOfAnInstanceThatIsNotReady_canBeOpened_sinceItSaysMost() {
        List<YamlFile> services = all().stream()
                .filter(one -> one.at("kind").text().equals("Service"))
                .toList();
        assertThat(services)
                .hasSize(2)
                .allSatisfy(service -> assertThat(
                                service.at("spec", "publishNotReadyAddresses").text())
                        .isEqualTo("true"));
    }

    @Test
    void imageThatTheDocumentedBuildTags_isTheOneThatRuns_andTheVersionOfTheBuild() throws IOException {
        String image = job.at("image").text();
        String build = "docker build -f config/Dockerfile -t " + image + " .";
        assertThat(Files.readString(Path.of("config/Dockerfile"))).contains(build + "\n");
        assertThat(Readme.commands()).contains(build);
        assertThat(Files.readString(Path.of("docker-compose.yml"))).contains("  image: " + image + "\n");
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern(
                        "<version>" + Pattern.quote(image.substring(image.indexOf(':') + 1)) + "(-SNAPSHOT)?<");
    }

    @Test
    void prometheusOnKubernetes_findsThePods_andSendsTheToken() throws IOException {
        Path file = Path.of("config/prometheus/prometheus.yml");
        String commented = "  # - job_name: ";
        String text = Files.readString(file);
        String uncommented = text.substring(text.indexOf(commented)).replaceAll("(?m)^  # ", "");
        YamlFile scrape = YamlFile.parse(file.toString(), uncommented).at(0);
        assertThat(scrape.at("job_name").text()).isEqualTo(APP); // alerts and dashboard ask for that job
        assertThat(scrape.at("authorization", "credentials_file").text()).endsWith("/" + TOKEN_KEY);
        assertThat(only("Secret").at("stringData").keys()).contains(TOKEN_KEY);
        assertThat(scrape.at("relabel_configs", 0, "source_labels").texts())
                .containsExactly(
                        "__meta_kubernetes_pod_label_" + LABEL.replaceAll("[^a-z]", "_"),
                        "__meta_kubernetes_pod_container_port_name");
        assertThat(scrape.at("relabel_configs", 0, "regex").text())
                .isEqualTo(APP + ";" + job.at("ports", 0, "name").text());
    }

    @Test
    void pods_mayDoLittle_asTheUserOfTheImage() throws IOException {
        Matcher user = Pattern.compile("(?m)^USER ([0-9]+)$").matcher(Files.readString(Path.of("config/Dockerfile")));
        assertThat(user.find()).isTrue();
        assertThat(pod.at("securityContext", "runAsUser").text()).isEqualTo(user.group(1));
        assertThat(pod.at("securityContext", "runAsNonRoot").text()).isEqualTo("true");
        assertThat(job.at("securityContext", "readOnlyRootFilesystem").text()).isEqualTo("true");
        assertThat(job.at("securityContext", "allowPrivilegeEscalation").text()).isEqualTo("false");
        assertThat(job.at("securityContext", "capabilities", "drop").texts()).containsExactly("ALL");
        assertThat(pod.at("automountServiceAccountToken").text()).isEqualTo("false");
    }
}
