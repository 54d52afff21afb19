package io.checkoutmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.avro.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's API and stream over HTTP, of what is on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PageApiIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long[] COUNTS = {4, 20, 200, 2_000};
    private static final long[] HITS = {90, 400, 5_000, 60_000};

    @TempDir
    static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private PublishedPage published;

    @BeforeAll
    void open() throws Exception {
        published = new PublishedPage(folder);
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        published.finalOf("eu", minute.minusSeconds(900), 3, 70);
        published.finalOf("eu", minute.minusSeconds(780), 5, 80);
        published.total("eu", Status.EARLY, Instant.now(), COUNTS, HITS);
        published.total("us", Status.EARLY, Instant.now(), COUNTS, HITS);
        published.item("eu", "country", "fr", 3, 3, 3, 3);
        published.item("eu", "country", "de", 1, 1, 9, 9);
        published.item("us", "country", "us", 1, 1, 1, 1);
        published.flush();
        await().until(() -> get("?dimension=country").body().contains("\"us\"") && hasHistory());
    }

    /** Finals come from a topic of their own, early results may be here before them. */
    private boolean hasHistory() throws IOException, InterruptedException {
        try (BufferedReader lines = stream()) {
            return !next(lines, "snapshot").at("/suites/0/history/checkouts").isEmpty();
        }
    }

    @AfterAll
    void close() throws Exception {
        published.close();
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(published.url() + "/api/v1/metrics" + query))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String query) throws IOException, InterruptedException {
        HttpResponse<String> response = get(query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    @Test
    void withoutParameters_allTotals_inTheNamesOfTheTopic() throws Exception {
        JsonNode answer = json("");
        assertThat(answer.path("metrics").findValuesAsText("reportSuite")).containsExactly("eu", "us");
        JsonNode window = answer.at("/metrics/0/windows/1");
        assertThat(window.path("size").asText()).isEqualTo("PT5M");
        assertThat(window.path("checkouts").asLong()).isEqualTo(20);
        assertThat(window.path("visitors").asLong()).isEqualTo(15);
        assertThat(window.path("visits").isNull()).isTrue();
        assertThat(answer.at("/metrics/0/asOf").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    }

    @Test
    void items_areOrderedByTheirCheckoutsInAWindow() throws Exception {
        assertThat(json("?reportSuite=eu&dimension=country").path("metrics").findValuesAsText("item"))
                .containsExactly("de", "fr");
        assertThat(json("?reportSuite=eu&dimension=country&window=5m&top=1")
                        .path("metrics")
                        .findValuesAsText("item"))
                .containsExactly("fr");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?top=0 | 400 | top: use a number from 1 to 50.",
                "?top=51 | 400 | top: use a number from 1 to 50.",
                "?top=x | 400 | top: use a number from 1 to 50.",
                "?reportSuite=eu&top=1001 | 400 | top: use a number from 1 to 1000.",
                "?window=7m | 400 | window: use the size of one of the windows, such as PT1H for 1h: PT1M, PT5M, PT1H, PT24H.",
                "?reportSuite=nobody | 404 | No such report suite is known."
            })
    void wrongQuestions_areAnsweredWithTheRemedy(String query, int status, String sentence) throws Exception {
        HttpResponse<String> response = get(query);
        assertThat(response.body().strip()).isEqualTo(sentence);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void page_isServedWithItsPartsAndNothingElse() throws Exception {
        for (String path :
                new String[] {"/", "/page.css", "/page.js", "/chart.js", "/uplot.js", "/uplot.css", "/icon.svg"}) {
            assertThat(status(path)).as(path).isEqualTo(200);
        }
        for (String path :
                new String[] {"/page.html", "/uplot/LICENSE", "/..%2fpage.css", "/Page.class", "/page.css/"}) {
            assertThat(status(path)).as(path).isEqualTo(404);
        }
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(published.url() + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void stream_beginsWithEverything_thenTellsWhatChanged_andSaysItIsAlive() throws Exception {
        try (BufferedReader lines = stream()) {
            JsonNode snapshot = next(lines, "snapshot");
            assertThat(snapshot.path("suites").findValuesAsText("verdict")).hasSize(2);
            assertThat(snapshot.at("/suites/0/dimensions/0/items").asInt()).isEqualTo(2);
            assertThat(snapshot.at("/suites/0/history/checkouts").toString()).isEqualTo("[3,0,5]");
            assertThat(snapshot.at("/instance/outcomes/late").asLong()).isEqualTo(17);

            JsonNode alive = next(lines, "update");
            assertThat(alive.path("suites")).isEmpty();

            published.total("us", Status.EARLY, Instant.now(), new long[] {5, 21, 201, 2_001}, HITS);
            published.flush();
            JsonNode update = next(lines, "update");
            while (update.path("suites").isEmpty()) {
                update = next(lines, "update");
            }
            assertThat(update.at("/suites/0/reportSuite").asText()).isEqualTo("us");
            assertThat(update.at("/suites/0/total/windows/0/checkouts").asLong())
                    .isEqualTo(5);
            assertThat(update.path("suites")).hasSize(1);
        }
    }

    private BufferedReader stream() throws IOException, InterruptedException {
        HttpResponse<InputStream> stream = http.send(
                HttpRequest.newBuilder(URI.create(published.url() + "/api/v1/stream"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode next(BufferedReader lines, String event) throws IOException {
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                assertThat(name).isEqualTo(event);
                return JSON.readTree(line.substring("data: ".length()));
            }
        }
        throw new IOException("the stream ended");
    }
}
