package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.TestSettings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are neither shown nor taken from where others see them. */
class SecretsTest {
    @Test
    void settingsAsText_showNoSecret_andNothingThatMightBeOne() {
        Settings settings = read(
                "http.token=hunter2-hunter2-hunter2",
                "kafka.sasl.jaas.config=a.Login required password=\"hunter2\";",
                "kafka.consumer.ssl.key.password=hunter2",
                "kafka.acme.password=hunter2",
                "kafka.client.rack=zone-a",
                "schema.registry.url=http://me:hunter2@registry:8081",
                "schema.registry.ssl.keystore.password=hunter2",
                "bearer.auth.token=hunter2",
                "max.retries=3");
        assertThat(settings.toString())
                .doesNotContain("hunter2")
                .contains(
                        "client.rack=zone-a",
                        "max.retries=3",
                        "http://[hidden]@registry:8081",
                        "Topics[input=hits,",
                        "PT10M");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http.token",
                "kafka.sasl.jaas.config",
                "kafka.producer.ssl.key.password",
                "basic.auth.user.info",
                "schema.registry.ssl.keystore.password"
            })
    void secretOnTheCommandLine_isRefused_withoutShowingIt(String name) {
        SettingsSource source = new SettingsSource().assignment(name + "=hunter2-hunter2-hunter2");
        assertThatThrownBy(source::read)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith(name + ": everybody on this machine can read a command line.")
                .hasMessageContaining("CHECKOUT_METRICS_")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void secretInTheEnvironment_isTaken() {
        assertThat(new SettingsSource()
                        .environment(Map.of("CHECKOUT_METRICS_HTTP_TOKEN", "hunter2-hunter2-hunter2"))
                        .read()
                        .http()
                        .token())
                .isPresent();
    }
}
