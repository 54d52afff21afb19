package io.checkoutmetrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String R =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
    private static final String S = R.replace("\"R\"", "\"S\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        HttpResponse<String> response =
                http.send(request.uri(URI.create(registry.url() + path)).build(), BodyHandlers.ofString());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");
        return response;
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(send(HttpRequest.newBuilder(), path).body());
    }

    private JsonNode post(String path, String schema) throws Exception {
        String body = JSON.writeValueAsString(Map.of("schema", schema));
        return JSON.readTree(send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), path)
                .body());
    }

    private void assertError(JsonNode answer, int code) {
        assertThat(answer.path("error_code").asInt()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.path("message").asText()).isNotEmpty();
    }

    @Test
    void sameSchema_hasOneId_acrossSubjectsWhiteSpaceAndRepeats() throws Exception {
        int id = post("/subjects/a-value/versions", R).path("id").asInt();
        assertThat(post("/subjects/a-value/versions", R).path("id").asInt()).isEqualTo(id);
        assertThat(post("/subjects/b-value/versions", R.replace(",", " , "))
                        .path("id")
                        .asInt())
                .isEqualTo(id);
        assertThat(post("/subjects/b-value/versions", S).path("id").asInt()).isEqualTo(id + 1);
        assertThat(get("/subjects/a-value/versions")).hasToString("[1]");
        assertThat(get("/subjects/b-value/versions")).hasToString("[1,2]");
        assertThat(get("/subjects")).hasToString("[\"a-value\",\"b-value\"]");
        assertThat(get("/schemas/ids/" + id).path("schema").asText()).isEqualTo(R);
    }

    @Test
    void schemasThatDifferInDocOrProperties_areDifferent() throws Exception {
        int id = post("/subjects/a/versions", R).path("id").asInt();
        assertThat(post("/subjects/a/versions", R.replace("\"name\":\"R\"", "\"name\":\"R\",\"doc\":\"d\""))
                        .path("id")
                        .asInt())
                .isNotEqualTo(id);
    }

    @Test
    void versionsAreFoundByNumberAndAsLatest() throws Exception {
        post("/subjects/a/versions", R);
        int newer = post("/subjects/a/versions", S).path("id").asInt();
        JsonNode latest = get("/subjects/a/versions/latest");
        assertThat(latest.path("version").asInt()).isEqualTo(2);
        assertThat(latest.path("id").asInt()).isEqualTo(newer);
        assertThat(latest.path("subject").asText()).isEqualTo("a");
        assertThat(get("/subjects/a/versions/1").path("schema").asText()).isEqualTo(R);
        assertThat(post("/subjects/a", R).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void subjectsMayHoldAnyCharacter() throws Exception {
        post("/subjects/a%2Fb%20+%C3%A4/versions", R);
        assertThat(get("/subjects").get(0).asText()).isEqualTo("a/b +ä");
    }

    @Test
    void errorsCarryConfluentsCodes() throws Exception {
        post("/subjects/a/versions", R);
        assertError(get("/schemas/ids/99"), 40403);
        assertError(get("/subjects/none/versions"), 40401);
        assertError(get("/subjects/none/versions/latest"), 40401);
        assertError(post("/subjects/none", R), 40401);
        assertError(get("/subjects/a/versions/9"), 40402);
        assertError(get("/subjects/a/versions/x"), 42202);
        assertError(get("/subjects/a/versions/0"), 42202);
        assertError(post("/subjects/a", S), 40403);
        assertError(post("/subjects/a/versions", "{\"type\":\"rec\"}"), 42201);
        assertError(get("/nothing/here"), 404);
        assertThat(send(HttpRequest.newBuilder(), "/schemas/ids/99").statusCode())
                .isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder().DELETE(), "/subjects/a").statusCode())
                .isEqualTo(405);
    }

    @Test
    void requestOverTheCap_isRefused() throws Exception {
        assertError(post("/subjects/a/versions", " ".repeat(1 << 20)), 413);
    }

    @Test
    void compatibilityIsNotChecked_andSaidSo() throws Exception {
        assertThat(get("/config").path("compatibilityLevel").asText()).isEqualTo("NONE");
    }

    @Test
    void takenPort_failsAtOnce_namingIt() {
        assertThatThrownBy(() -> EmbeddedRegistry.start(registry.port()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + registry.port());
    }
}
