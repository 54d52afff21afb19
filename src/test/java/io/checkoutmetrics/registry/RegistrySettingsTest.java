package io.checkoutmetrics.registry;

import static io.checkoutmetrics.registry.MisbehavingRegistry.SOUND;
import static io.checkoutmetrics.registry.MisbehavingRegistry.answers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {
    private static final String SECRET = "s3cr:et+p@ss";

    /** The Authorization header of a request made with these settings. */
    private static @Nullable String header(String userInfo, Map<String, ?> more) throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(SOUND)) {
            Map<String, Object> settings = new HashMap<>(more);
            settings.put("schema.registry.url", registry.url().replace("://", "://" + userInfo));
            try (RegistryClient client = RegistryClient.of(settings)) {
                client.schemaById(1);
            }
            return registry.requests().get(0).headers().get("Authorization");
        }
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    @Test
    void credentialsComeFromTheUrl_theSettings_orABearerToken() throws IOException {
        assertThat(header("", Map.of())).isNull();
        assertThat(header("ann:p%40ss+1@", Map.of())).isEqualTo(basic("ann:p@ss+1"));
        Map<String, Object> userInfo =
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:" + SECRET);
        assertThat(header("", userInfo)).isEqualTo(basic("u:" + SECRET));
        assertThat(header("", Map.of("bearer.auth.token", new Password("t0k.en"))))
                .isEqualTo("Bearer t0k.en");
        assertThat(header("", Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0k.en")))
                .isEqualTo("Bearer t0k.en");
        assertThat(header(
                        "",
                        Map.of(
                                "basic.auth.credentials.source",
                                "USER_INFO",
                                "schema.registry.basic.auth.user.info",
                                "u:p")))
                .isEqualTo(basic("u:p"));
    }

    @Test
    void credentialsAreInNoMessage() throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(answers(401, "{\"message\":\"no\"}"))) {
            String url = registry.url().replace("://", "://ann:topsecret@");
            try (RegistryClient client = RegistryClient.of(Map.of("schema.registry.url", url))) {
                assertThatThrownBy(() -> client.schemaById(1))
                        .hasMessageNotContaining("topsecret")
                        .hasMessageNotContaining("ann");
                registry.close();
                assertThatThrownBy(() -> client.schemaById(1))
                        .isInstanceOf(RegistryException.Unavailable.class)
                        .hasMessageNotContaining("topsecret");
            }
            assertThat(RegistrySettings.parse(Map.of("schema.registry.url", url))
                            .toString())
                    .doesNotContain("topsecret")
                    .doesNotContain(basic("ann:topsecret"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8081",
                "ftp://topsecret@h",
                "http://",
                "http://u:topsecret@h o",
                "http://h?x=topsecret",
                "/x"
            })
    void whatIsNoBaseUrl_isAnError_thatShowsWhatToWrite_notWhatWasWritten(String url) {
        assertThatThrownBy(() -> RegistryClient.of(Map.of("schema.registry.url", url)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void settingsThatContradictOrLackSomething_areErrors_thatNameThem() {
        assertError(Map.of("basic.auth.credentials.source", "USER_INFO"), "basic.auth.user.info");
        assertError(Map.of("basic.auth.credentials.source", "SASL_INHERIT"), "only URL and USER_INFO");
        assertError(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN"), "bearer.auth.token");
        assertError(Map.of("bearer.auth.credentials.source", "OAUTHBEARER"), "only STATIC_TOKEN");
        assertError(Map.of("bearer.auth.token", "line\nbreak"), "bearer.auth.token");
        assertError(
                Map.of(
                        "bearer.auth.token", "t",
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "u:p"),
                "Remove one");
        assertError(Map.of("http.read.timeout.ms", "0"), "http.read.timeout.ms");
    }

    private static void assertError(Map<String, String> more, String expected) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("schema.registry.url", "http://localhost:1");
        assertThatThrownBy(() -> RegistryClient.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }
}
