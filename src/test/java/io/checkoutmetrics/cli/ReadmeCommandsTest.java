package io.checkoutmetrics.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every command of the README is run by a test, or stands here with where else it is run, or why it cannot be. A new one
 * needs a test or a line.
 */
class ReadmeCommandsTest {
    private static final String JAR = "java -jar target/checkout-metrics.jar ";
    private static final String CONFIG = "--config config/checkout-metrics.properties";

    /** Run as they stand by {@link ReadmeCommandsIT}. */
    static final List<String> RUN = List.of(
            JAR + "replay --report-suite my-suite path/to/hit_data.tsv",
            JAR + "replay path/to/delivery_manifest.txt",
            JAR + "replay --format jsonl --partitions 4 --set windows=1m/1s,1h/1m hits.jsonl.gz",
            JAR + "replay --format jsonl --rolling hits.jsonl",
            JAR + "reconcile --feed path/to/delivery_manifest.txt --finals finals.jsonl",
            JAR + "reconcile --feed path/to/delivery_manifest.txt " + CONFIG,
            JAR + "check " + CONFIG + " --create",
            JAR + "run " + CONFIG,
            JAR + "watch " + CONFIG,
            JAR + "watch " + CONFIG + " --json --report-suite eu",
            JAR + "import " + CONFIG + " --format jsonl hits.jsonl",
            JAR + "traffic " + CONFIG + " --rate 100 --duration 30s",
            JAR + "topology " + CONFIG,
            JAR + "topology " + CONFIG + " --mermaid",
            "java -cp target/checkout-metrics.jar Subscriber.java",
            "echo \"{\\\"reportSuite\\\":\\\"mine\\\",\\\"events\\\":\\\"scCheckout:A1\\\","
                    + "\\\"time\\\":\\\"$(date -u +%FT%TZ)\\\",\\\"country\\\":\\\"fr\\\"}\" > mine.jsonl",
            JAR
                    + "import --set kafka.bootstrap.servers=$KAFKA --set schema.registry.url=$REGISTRY --format jsonl mine.jsonl",
            "curl 'http://127.0.0.1:8080/api/v1/metrics'",
            "curl 'http://127.0.0.1:8080/api/v1/metrics?reportSuite=eu-shop&dimension=country&top=5&window=1h'",
            "curl -N 'http://127.0.0.1:8080/api/v1/stream'");

    /** Run by the same test where the tool is installed. */
    static final List<String> RUN_IF_INSTALLED =
            List.of("kcat -C -b localhost:9092 -t checkout-metrics -s value=avro -r http://localhost:8081"
                    + " -X isolation.level=read_committed");

    /** Too long for a test: run by the script of the build. */
    private static final List<String> RUN_BY_THE_BUILD =
            List.of("mvn -q compile exec:java", "mvn -q verify", "mvn -q -Pinterop verify");

    /** Not run by the build, and why not. */
    private static final Map<String, String> NOT_RUN = Map.ofEntries(
            entry("mvn -q package -DskipTests", "the test runs the jar that mvn -q verify packaged"),
            entry(
                    "docker compose up --build",
                    "takes a Docker daemon; ComposeFileTest holds the file to what it names"),
            entry(
                    "docker build -f config/Dockerfile -t checkout-metrics:0.1.0 .",
                    "takes a Docker daemon; KubernetesFilesTest holds its tag to the manifests"),
            entry(
                    "kubectl apply -k config/kubernetes",
                    "takes a cluster; KubernetesFilesTest holds the manifests together"),
            entry(
                    "mvn -q test -Dtest=SimulatedTimelinesTest -Dtimelines=10500",
                    "minutes of what mvn -q verify does with fewer timelines"),
            entry(
                    "mvn -q verify -Dtest=ScheduleTest -Dit.test=FaultCampaignIT -Dfaults=1000 -Dfaults.seed=7",
                    "hours of what mvn -q verify does with fewer faults"),
            entry(
                    "mvn -q verify -Dtest=ScheduleTest -Dit.test=RecoveryIT -Drecoveries=10",
                    "most of an hour of what mvn -q verify does once"),
            entry(
                    "mvn -q test -Dtest=AlarmMonthTest -Dalarms.days=30",
                    "a month of what mvn -q verify does with fewer days"),
            entry(".ci/reproducible", "builds twice, minutes"),
            entry(
                    "mvn -q test -Dtest='*FuzzTest' -Dfuzz.cases=10000000",
                    "many minutes of what mvn -q verify does with fewer cases"),
            entry(
                    "mvn -q -Pbench test-compile exec:exec -Dbench.args='drain --set full --hits 10000000 --repetitions 3'",
                    "twelve minutes, and a benchmark beside other tests measures them"),
            entry(
                    "mvn -q -Pbench test-compile exec:exec -Dbench.args='visitors'",
                    "minutes, and a benchmark beside other tests measures them"),
            entry(
                    "mvn -q -Pbench test-compile exec:exec -Dbench.args='latency --rates 20000 --subjects job'",
                    "minutes, and a benchmark beside other tests measures them"),
            entry(
                    "mvn -q -Pbench test-compile exec:exec -Dbench.args='memory --campaigns 220000 --most-minutes 40"
                            + " --subject \"job:items.max=300000;state.memory.mb=64;kafka.fetch.max.bytes=4194304;jvm=-XX:+UseSerialGC"
                            + " -Xms160m -Xmx160m -XX:MaxDirectMemorySize=32m -XX:ReservedCodeCacheSize=48m -Xss512k\"'",
                    "a quarter of an hour"),
            entry(
                    "mvn -q -Pbench test-compile exec:exec -Dbench.args='micro -f 1 -w 1s -r 1s'",
                    "minutes, and a benchmark beside other tests measures them"),
            entry(
                    "mvn -q -Pbench test-compile exec:exec -Dbench.args='restore --hits 500000'",
                    "minutes, and a benchmark beside other tests measures them"));

    @Test
    void everyCommand_isRunOrAccountedFor() {
        TreeSet<String> accounted = new TreeSet<>(RUN);
        accounted.addAll(RUN_IF_INSTALLED);
        accounted.addAll(RUN_BY_THE_BUILD);
        accounted.addAll(NOT_RUN.keySet());
        assertThat(new TreeSet<>(Readme.commands())).isEqualTo(accounted);
    }

    @Test
    void whatTheBuildRuns_standsInItsScript() throws IOException {
        String script = Files.readString(Path.of(".ci/run"));
        assertThat(RUN_BY_THE_BUILD).allSatisfy(command -> assertThat(script).contains("'" + command + "'"));
    }

    @Test
    void whatIsNotRun_namesWhatIsThere() {
        assertThat(NOT_RUN).allSatisfy((command, why) -> assertThat(why).isNotBlank());
        assertThat(Path.of("docker-compose.yml")).exists();
        assertThat(Path.of("config/kubernetes/kustomization.yaml")).exists();
    }
}
