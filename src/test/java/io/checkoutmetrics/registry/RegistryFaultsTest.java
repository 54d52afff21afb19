package io.checkoutmetrics.registry;

import static io.checkoutmetrics.registry.MisbehavingRegistry.SOUND;
import static io.checkoutmetrics.registry.MisbehavingRegistry.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.checkoutmetrics.registry.MisbehavingRegistry.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong with the registry becomes the exception that tells the caller what to do. */
class RegistryFaultsTest {
    private static RegistryClient client(String urls) {
        return RegistryClient.of(Map.of(
                "schema.registry.url",
                urls,
                "http.read.timeout.ms",
                "300",
                "max.retries",
                "1",
                "retries.wait.ms",
                "1"));
    }

    private static Throwable failureOf(Behaviour behaviour) throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(behaviour);
                RegistryClient client = client(registry.url())) {
            Throwable failure = catchThrowable(() -> client.schemaById(7));
            assertThat(failure).hasMessageContaining("127.0.0.1:" + registry.port());
            return failure;
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void ownErrorCode40403_isUnknownSchema() throws IOException {
        assertThat(failureOf(answers(404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}")))
                .isInstanceOf(RegistryException.UnknownSchema.class)
                .hasMessageContaining("schema ID 7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>404 Not Found</html>",
                "",
                "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}",
                "{\"error_code\":40401,\"message\":\"Subject not found\"}",
                "{\"error_code\":\"nonsense\"}",
                "[40403]"
            })
    void any404ButTheRegistrysOwn_isRefused_soNothingIsTakenForUnknown(String body) throws IOException {
        assertThat(failureOf(answers(404, body)))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("schema.registry.url");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429, 408})
    void statusOfAServerInTrouble_isUnavailable(int status) throws IOException {
        assertThat(failureOf(answers(status, "{\"error_code\":50001,\"message\":\"store down\"}")))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 409, 422})
    void otherStatusOfAClientAtFault_isRefused(int status) throws IOException {
        assertThat(failureOf(answers(status, ""))).isInstanceOf(RegistryException.Refused.class);
    }

    @Test
    void authenticationChallenge_isRefused_namingTheSettings() throws IOException {
        Behaviour challenge = exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
            answers(401, "").answer(exchange);
        };
        assertThat(failureOf(challenge))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("basic.auth.user.info");
    }

    @Test
    void redirect_isRefused_andNotFollowed() throws IOException {
        try (MisbehavingRegistry elsewhere = new MisbehavingRegistry(SOUND)) {
            Behaviour redirect = exchange -> {
                exchange.getResponseHeaders().set("Location", elsewhere.url() + "/schemas/ids/7");
                answers(302, "").answer(exchange);
            };
            assertThat(failureOf(redirect))
                    .isInstanceOf(RegistryException.Refused.class)
                    .hasMessageContaining("Redirects are not followed");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>Welcome to our proxy</html>", "", "{\"schema\":", "{}", "{\"schema\":5}", "[]", "null"})
    void successThatIsNotTheApis_isRefused(String body) throws IOException {
        assertThat(failureOf(answers(200, body))).isInstanceOf(RegistryException.Refused.class);
    }

    @Test
    void hugeAnswer_isRefused_andNotRead() throws IOException {
        long[] sent = new long[1];
        Behaviour endless = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 16];
            try {
                for (; sent[0] < 1L << 28; sent[0] += chunk.length) {
                    exchange.getResponseBody().write(chunk);
                }
            } catch (IOException hungUp) {
                // As it should.
            }
        };
        assertThat(failureOf(endless))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("larger than allowed");
        assertThat(sent[0]).isLessThan(1L << 28);
    }

    @Test
    void nobodyListening_isUnavailable() throws IOException {
        try (RegistryClient client = client(freePort())) {
            assertThatThrownBy(() -> client.schemaById(7))
                    .isInstanceOf(RegistryException.Unavailable.class)
                    .hasMessageContaining("connection refused");
        }
    }

    @Test
    @Timeout(20)
    void noAnswer_isUnavailable_withinTheTimeout() throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(SOUND);
                RegistryClient client = client(registry.url())) {
            registry.becomes(exchange -> registry.hang());
            assertUnavailable(client);
        }
    }

    @Test
    @Timeout(20)
    void bodyThatNeverEnds_isUnavailable_withinTheTimeout() throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(SOUND);
                RegistryClient client = client(registry.url())) {
            registry.becomes(exchange -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                registry.hang();
            });
            assertUnavailable(client);
        }
    }

    @Test
    void connectionCutMidway_isUnavailable() throws IOException {
        assertThat(failureOf(exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write('{');
                }))
                .isInstanceOf(RegistryException.Unavailable.class);
    }

    private static void assertUnavailable(RegistryClient client) {
        assertThatThrownBy(() -> client.schemaById(7))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("300 ms");
    }

    @Test
    void firstUrlDown_theNextAnswers_andIsAskedFirstFromThenOn() throws IOException {
        try (MisbehavingRegistry sick = new MisbehavingRegistry(answers(503, ""));
                MisbehavingRegistry sound = new MisbehavingRegistry(SOUND);
                RegistryClient client = client(freePort() + ", " + sick.url() + "," + sound.url())) {
            assertThat(client.schemaById(7)).isEqualTo(MisbehavingRegistry.SCHEMA);
            assertThat(client.schemaById(8)).isEqualTo(MisbehavingRegistry.SCHEMA);
            assertThat(sick.requests()).hasSize(1);
            assertThat(sound.requests()).hasSize(2);
        }
    }

    @Test
    void passingTrouble_isOvercomeByARetry() throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(SOUND);
                RegistryClient client = client(registry.url())) {
            registry.becomes(exchange -> {
                registry.becomes(SOUND);
                answers(503, "").answer(exchange);
            });
            assertThat(client.schemaById(7)).isEqualTo(MisbehavingRegistry.SCHEMA);
        }
    }

    @Test
    void refusal_isFinal_noOtherUrlIsAsked() throws IOException {
        try (MisbehavingRegistry refusing = new MisbehavingRegistry(answers(401, ""));
                MisbehavingRegistry sound = new MisbehavingRegistry(SOUND);
                RegistryClient client = client(refusing.url() + "," + sound.url())) {
            assertThatThrownBy(() -> client.schemaById(7)).isInstanceOf(RegistryException.Refused.class);
            assertThat(refusing.requests()).hasSize(1);
            assertThat(sound.requests()).isEmpty();
        }
    }

    @Test
    void registrysOwnMessage_isQuotedShort_withoutControlCharacters() throws IOException {
        Throwable failure = failureOf(answers(422, "{\"message\":\"a\\nb\\u001b[31m" + "x".repeat(10_000) + "\"}"));
        assertThat(failure.getMessage()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(600);
    }
}
