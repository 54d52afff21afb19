package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.Patience;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.HitProducer;
import io.checkoutmetrics.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitoring system and an orchestrator see of a job: healthy, waiting, and healthy again. */
class MonitoringIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Patience.LONG;
    private static final int CHECKOUTS = 20;
    private static final int PAGE_VIEWS = 30;
    private static final Path CONFIG = Path.of("config");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:checkout_metrics|kafka|jvm|process|system)_[a-z0-9_]+\\b");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private @Nullable EmbeddedKafka kafka;

    @BeforeEach
    void start() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterEach
    void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    private ConfiguredJob job(String registryUrl) throws IOException {
        return ConfiguredJob.in(
                folder,
                Map.of(
                        "kafka.bootstrap.servers",
                        Objects.requireNonNull(kafka).bootstrapServers(),
                        "schema.registry.url",
                        registryUrl,
                        "topics.create",
                        "true",
                        "idle.timeout",
                        "1s",
                        "state.dir",
                        folder.resolve("state").toString()));
    }

    private void importHits(String registryUrl) throws IOException {
        Instant now = Instant.now();
        Path hits = Files.write(
                folder.resolve("hits.jsonl"),
                IntStream.range(0, CHECKOUTS + PAGE_VIEWS)
                        .mapToObj(i -> "{\"reportSuite\":\"eu\",\"events\":\""
                                + (i < CHECKOUTS ? "scCheckout:A" + i : "event1") + "\",\"time\":\"" + now + "\"}")
                        .toList());
        try (CommandProcess done = job(registryUrl).command("import", "--format", "jsonl", hits.toString())) {
            assertThat(done.exitCode()).as(done.err()).isZero();
        }
    }

    private HttpResponse<String> get(String url) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode part(HttpResponse<String> answer, String name) {
        try {
            for (JsonNode part : JSON.readTree(answer.body()).path("parts")) {
                if (part.path("part").asText().equals(name)) {
                    return part;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
        throw new AssertionError("no part " + name + " in " + answer.body());
    }

    private double value(String url, String sample) {
        return get(url + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private void awaitReady(String url, int status) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> answer = get(url + "/readyz");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        });
    }

    @Test
    void runningJob_isAliveAndReady_andMeasuresWhatItRead() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            importHits(registry.url());
            try (CommandProcess job = job(registry.url()).run()) {
                String url = job.awaitPageUrl();
                awaitReady(url, 200);
                assertThat(get(url + "/livez").statusCode()).isEqualTo(200);
                await().atMost(PATIENCE)
                        .until(() -> value(url, "checkout_metrics_checkouts_total{outcome=\"counted\"}") == CHECKOUTS);
                assertThat(value(url, "checkout_metrics_hits_read_total")).isEqualTo(CHECKOUTS + PAGE_VIEWS);
                assertThat(value(url, "checkout_metrics_hits_total{outcome=\"checkouts_seen\"}"))
                        .isEqualTo(CHECKOUTS);
                assertThat(value(url, "checkout_metrics_hits_total{outcome=\"not_checkout\"}"))
                        .isEqualTo(PAGE_VIEWS);
                assertThat(value(url, "checkout_metrics_dead_letters_total{reason=\"late\"}"))
                        .isZero();
                assertThat(value(url, "checkout_metrics_part_ok{part=\"registry\"}"))
                        .isEqualTo(1);
                await().atMost(PATIENCE).until(() -> value(url, "checkout_metrics_series") > 0);
                await().atMost(PATIENCE).until(() -> value(url, "checkout_metrics_results_lag_seconds") < 60);
                assertThat(value(url, "checkout_metrics_watermark_lag_seconds{partition=\"0\"}"))
                        .isLessThan(60);
                assertNothingIsTooMuch(get(url + "/metrics").body());
                assertThat(names(get(url + "/metrics").body())).containsAll(namedByRulesAndDashboards());
            }
        }
    }

    /** Neither report suites nor items nor anything else without bound is a label; nor what is new with each start. */
    private static void assertNothingIsTooMuch(String scrape) {
        List<String> samples =
                scrape.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(samples).hasSizeLessThan(600);
        assertThat(samples).noneMatch(line -> line.contains("\"eu\"") || line.contains("(none)"));
        assertThat(scrape).doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-");
    }

    private static Set<String> names(String scrape) {
        return scrape.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static Set<String> namedByRulesAndDashboards() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : List.of(
                CONFIG.resolve("prometheus/alerts.yml"), CONFIG.resolve("grafana/dashboards/checkout-metrics.json"))) {
            METRIC.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .forEach(names::add);
        }
        assertThat(names).hasSizeGreaterThan(20);
        return names;
    }

    @Test
    void registryDown_isNotReadyForThatReason_aliveNevertheless_andReadyOnceItIsBack() throws IOException {
        EmbeddedRegistry before = EmbeddedRegistry.start(Ports.free());
        int port = before.port();
        importHits(before.url());
        before.close();
        try (CommandProcess job = job(before.url()).run()) {
            String url = job.awaitPageUrl();
            await().atMost(PATIENCE)
                    .until(() ->
                            !part(get(url + "/readyz"), "engine").path("ok").isMissingNode()
                                    && get(url + "/readyz").body().contains("\"part\":\"registry\",\"ok\":false"));
            HttpResponse<String> waiting = get(url + "/readyz");
            assertThat(waiting.statusCode()).isEqualTo(503);
            assertThat(part(waiting, "registry").path("detail").asText())
                    .isEqualTo("cannot be reached: records wait for it, nothing is lost");
            assertThat(waiting.body()).doesNotContain("127.0.0.1", "localhost", "Exception");
            assertThat(get(url + "/livez").statusCode()).isEqualTo(200);
            assertThat(value(url, "checkout_metrics_part_ok{part=\"registry\"}"))
                    .isZero();
            try (EmbeddedRegistry back = EmbeddedRegistry.start(port)) {
                HitProducer.registerSchema(back.url(), "hits");
                awaitReady(url, 200);
                await().atMost(PATIENCE)
                        .until(() -> value(url, "checkout_metrics_checkouts_total{outcome=\"counted\"}") == CHECKOUTS);
            }
        }
    }

    @Test
    void brokersDown_isNotReadyForThatReason_aliveNevertheless() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            importHits(registry.url());
            try (CommandProcess job = job(registry.url()).run()) {
                String url = job.awaitPageUrl();
                awaitReady(url, 200);
                Optional.ofNullable(kafka).ifPresent(EmbeddedKafka::close);
                kafka = null;
                await().atMost(PATIENCE)
                        .until(() -> get(url + "/readyz").body().contains("\"part\":\"brokers\",\"ok\":false"));
                assertThat(get(url + "/readyz").statusCode()).isEqualTo(503);
                assertThat(part(get(url + "/readyz"), "brokers").path("detail").asText())
                        .startsWith("no answer for ");
                assertThat(get(url + "/livez").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void portThatIsTaken_isToldWithTheRemedy_beforeAnythingStarts() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                CommandProcess job = job(registry.url()).run("--set", "http.listen=127.0.0.1:" + registry.port())) {
            assertThat(job.exitCode()).isEqualTo(1);
            assertThat(job.err())
                    .startsWith("http.listen: cannot listen on 127.0.0.1:" + registry.port())
                    .contains("End what listens there, or set http.listen to another port");
        }
    }
}
