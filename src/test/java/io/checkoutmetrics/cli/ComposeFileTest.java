package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** What docker-compose.yml and the Dockerfile name is there. Whether containers come of it takes Docker. */
class ComposeFileTest {
    private static final String JOBS_VARIABLE = "CHECKOUT_METRICS_";
    private static final List<String> OURS = List.of("job-1", "job-2", "traffic");
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\w.-])([a-z][a-z0-9-]*):([0-9]+)");

    private final YamlFile compose = YamlFile.of(Path.of("docker-compose.yml"));
    private final List<String> services = compose.at("services").keys();
    private final String dockerfile = read("config/Dockerfile");
    private final String pom = read("pom.xml");

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private YamlFile service(String name) {
        return compose.at("services", name);
    }

    private static Map<String, String> environment(YamlFile service) {
        Map<String, String> environment = new HashMap<>();
        if (service.has("environment")) {
            YamlFile variables = service.at("environment");
            variables
                    .keys()
                    .forEach(name -> environment.put(name, variables.at(name).text()));
        }
        return environment;
    }

    private static List<String> texts(YamlFile service, String name) {
        return service.has(name) ? service.at(name).texts() : List.of();
    }

    @Test
    void everyVariableOfTheJob_changesASetting() {
        for (String name : OURS) {
            Map<String, String> environment = environment(service(name));
            found("(?m)^ENV (CHECKOUT_METRICS_\\S+=\\S+)$", dockerfile).forEach(variable -> {
                String[] parts = variable.split("=", 2);
                environment.put(parts[0], parts[1]);
            });
            Settings settings = new SettingsSource().environment(environment).read();
            assertThat(environment.keySet()).hasSizeGreaterThan(5).allSatisfy(variable -> {
                assertThat(variable).startsWith(JOBS_VARIABLE);
                Map<String, String> others = new HashMap<>(environment);
                others.remove(variable);
                assertThat(changes(settings, others)).as(variable).isTrue();
            });
        }
    }

    private static boolean changes(Settings settings, Map<String, String> environment) {
        try {
            return !new SettingsSource().environment(environment).read().equals(settings);
        } catch (InvalidSettingsException e) {
            return true;
        }
    }

    @Test
    void instancesOfTheJob_shareEverythingButNameStateAndPort() {
        Map<String, String> first = environment(service("job-1"));
        Map<String, String> second = environment(service("job-2"));
        String instance = "CHECKOUT_METRICS_KAFKA_GROUP_INSTANCE_ID";
        assertThat(first.remove(instance)).isEqualTo("job-1");
        assertThat(second.remove(instance)).isEqualTo("job-2");
        assertThat(first).isEqualTo(second);
        assertThat(texts(service("job-1"), "volumes")).doesNotContainAnyElementsOf(texts(service("job-2"), "volumes"));
        String state =
                found("ENV CHECKOUT_METRICS_STATE_DIR=(\\S+)", dockerfile).get(0);
        assertThat(texts(service("job-1"), "volumes")).containsExactly("job-1-state:" + state);
        assertThat(dockerfile).contains("\nVOLUME " + state + "\n", "mkdir -p " + state + " ");
    }

    @Test
    void commands_areUnderstood() {
        List<List<String>> commands = new ArrayList<>();
        commands.add(service("traffic").at("command").texts());
        commands.add(found("\"([^\"]+)\"", found("(?m)^CMD (.*)$", dockerfile).get(0)));
        found("# +docker compose run --rm (?:-T )?job-1 ([^<\\n]+)", read("docker-compose.yml"))
                .forEach(line -> commands.add(List.of(line.strip().split(" "))));
        assertThat(commands).hasSize(4);
        commands.forEach(command -> assertThatCode(() -> Main.commandLine().parseArgs(command.toArray(String[]::new)))
                .as("%s", command)
                .doesNotThrowAnyException());
        assertThat(dockerfile)
                .contains("COPY config/checkout-metrics.properties "
                        + service("traffic").at("command", 2).text() + "\n")
                .contains("COPY config/jvm.options "
                        + found("\"@([^\"]+)\"", dockerfile).get(0) + "\n");
    }

    @Test
    void everyFileAndFolderIsThere() {
        List<String> files = new ArrayList<>(found("(?m)^COPY (?!--from)(\\S+) ", dockerfile));
        OURS.forEach(name -> files.add(service(name).at("build", "dockerfile").text()));
        services.forEach(name -> texts(service(name), "volumes").stream()
                .filter(volume -> volume.startsWith("."))
                .forEach(volume -> files.add(volume.split(":")[0])));
        assertThat(files)
                .hasSize(12)
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
        assertThat(found("COPY --from=build /src/target/(\\S+) ", dockerfile))
                .containsExactly(found("<finalName>([^<]+)<", pom).get(0) + ".jar");
    }

    @Test
    void everyNamedVolume_isDeclared_andUsedOnce() {
        List<String> used = services.stream()
                .flatMap(name -> texts(service(name), "volumes").stream())
                .filter(volume -> !volume.startsWith("."))
                .map(volume -> volume.split(":")[0])
                .toList();
        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(compose.at("volumes").keys());
    }

    @Test
    void versions_arePinned_andThoseOfTheBuild() {
        services.forEach(name -> {
            YamlFile service = service(name);
            if (!service.has("build")) {
                assertThat(service.at("image").text()).as(name).matches("[a-z/-]+:v?[0-9].*");
            }
        });
        assertThat(service("kafka-1").at("image").text())
                .isEqualTo(
                        "apache/kafka:" + found("<kafka.version>([^<]+)<", pom).get(0));
        assertThat(service("registry").at("image").text())
                .endsWith(":" + found("<apicurio.version>([^<]+)<", pom).get(0));
        assertThat(found("eclipse-temurin[:-]([0-9]+)", dockerfile))
                .containsOnly(found("<maven.compiler.release>([^<]+)<", pom).get(0));
    }

    @Test
    void signalsReachTheJob_whichIsNotRoot_andHasJemalloc() {
        assertThat(found("(?m)^ENTRYPOINT (.)", dockerfile)).containsExactly("[");
        assertThat(found("(?m)^USER (\\S+)", dockerfile))
                .containsExactly(found("--uid ([0-9]+)", dockerfile).get(0));
        assertThat(dockerfile).contains(" libjemalloc2 ", "\nENV LD_PRELOAD=libjemalloc.so.2\n");
    }

    @Test
    void health_isAskedWhereTheJobListens() {
        Settings.Http http = new SettingsSource()
                .environment(environment(service("job-1")))
                .read()
                .http();
        int port = http.listen().orElseThrow().port();
        assertThat(dockerfile).contains("\nEXPOSE " + port + "\n", "\"http://127.0.0.1:" + port + "/readyz\"");
        assertThat(dockerfile).contains(" curl ");
        assertThat(texts(service("job-1"), "ports")).containsExactly("127.0.0.1:8080:" + port);
        assertThat(texts(service("job-2"), "ports")).containsExactly("127.0.0.1:8082:" + port);
    }

    @Test
    void publishedPorts_areThisMachinesOwn_andDifferent() {
        List<String> ports = services.stream()
                .flatMap(name -> texts(service(name), "ports").stream())
                .toList();
        assertThat(ports).hasSize(8).allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(ports.stream().map(port -> port.split(":")[1])).doesNotHaveDuplicates();
    }

    @Test
    void whatADependencyOrAnAddressNames_isAService() {
        List<String> named = new ArrayList<>();
        services.forEach(name -> {
            YamlFile service = service(name);
            if (service.has("depends_on")) {
                named.addAll(service.at("depends_on").keys());
            }
            environment(service).values().forEach(value -> {
                Matcher address = ADDRESS.matcher(value);
                while (address.find()) {
                    named.add(address.group(1));
                }
            });
        });
        named.removeIf("localhost"::equals);
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(services).containsAll(named);
    }

    @Test
    void brokers_formOneCluster_thatOutlivesOneOfThem() {
        List<String> brokers =
                services.stream().filter(name -> name.startsWith("kafka-")).toList();
        assertThat(brokers).hasSize(3);
        String voters = String.join(
                ",",
                IntStream.rangeClosed(1, 3)
                        .mapToObj(id -> id + "@kafka-" + id + ":9093")
                        .toList());
        for (String broker : brokers) {
            Map<String, String> environment = environment(service(broker));
            assertThat(broker).isEqualTo("kafka-" + environment.get("KAFKA_NODE_ID"));
            assertThat(environment)
                    .containsEntry("KAFKA_CONTROLLER_QUORUM_VOTERS", voters)
                    .containsEntry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "3")
                    .containsEntry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "3")
                    .containsEntry("KAFKA_DEFAULT_REPLICATION_FACTOR", "3")
                    .containsEntry("KAFKA_MIN_INSYNC_REPLICAS", "2");
            assertThat(Uuid.fromString(environment.get("CLUSTER_ID"))).isNotEqualTo(Uuid.ZERO_UUID);
            String outside = texts(service(broker), "ports").get(0).split(":")[1];
            assertThat(environment.get("KAFKA_ADVERTISED_LISTENERS"))
                    .isEqualTo("INSIDE://" + broker + ":19092,OUTSIDE://localhost:" + outside);
        }
    }

    @Test
    void prometheus_asksEveryInstance() throws IOException {
        Path file = Path.of("config/prometheus/prometheus.yml");
        assertThat(Files.readString(file)).contains("job-1:8080", "job-2:8080");
    }
}
