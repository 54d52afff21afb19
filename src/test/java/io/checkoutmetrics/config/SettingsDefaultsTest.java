package io.checkoutmetrics.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.registry.AvroSerializer;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The defaults are a contract: whoever sets nothing gets these. */
class SettingsDefaultsTest {
    private final Settings settings = new SettingsSource().read();

    @Test
    void windows_areAMinuteFiveMinutesAnHourAndADay() {
        assertThat(settings.rolling().windows())
                .containsExactly(
                        Window.ofSizeAndSlide(Duration.ofMinutes(1), Duration.ofSeconds(1)),
                        Window.ofSizeAndSlide(Duration.ofMinutes(5), Duration.ofSeconds(5)),
                        Window.ofSizeAndSlide(Duration.ofHours(1), Duration.ofMinutes(1)),
                        Window.ofSizeAndSlide(Duration.ofHours(24), Duration.ofMinutes(10)));
        assertThat(settings.rolling().intervals()).containsExactly(Slices.every(60_000));
        assertThat(settings.rolling().grace()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.rolling().sliceMs()).isEqualTo(1_000);
    }

    @Test
    void pace_isAQuarterOfASecond() {
        assertThat(settings.pace())
                .isEqualTo(new Settings.Pace(
                        Duration.ofMillis(200),
                        Duration.ofMillis(250),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(5)));
    }

    @Test
    void checkouts_areOnceForEachEventId() {
        assertThat(settings.deduplication())
                .isEqualTo(new Settings.Deduplication(
                        DedupMode.EVENT_ID, Map.of(), Duration.ofDays(90), Duration.ofDays(1), Duration.ofHours(1)));
        assertThat(settings.hits()).isEqualTo(HitRules.defaults());
        assertThat(settings.hits().checkoutEvents()).containsExactly("scCheckout");
        assertThat(settings.hits().dimensions()).isEqualTo(List.of("country", "campaign"));
    }

    @Test
    void topics_areNamedByWhatTheyHold_andNotCreated() {
        assertThat(settings.topics())
                .isEqualTo(new Settings.Topics(
                        "hits",
                        "checkout-metrics",
                        "checkout-intervals",
                        "checkout-dead-letters",
                        false,
                        AvroSerializer.class.getName()));
    }

    @Test
    void brokersAndRegistry_areLocal() {
        assertThat(settings.applicationId()).isEqualTo("checkout-metrics");
        assertThat(settings.stateDir()).isEqualTo("state");
        assertThat(settings.stateMemoryMb()).isEqualTo(128);
        assertThat(settings.kafka()).isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
        assertThat(settings.registry()).isEqualTo(Map.of("schema.registry.url", "http://localhost:8081"));
    }

    /** What the registry's client understands has to get there. */
    @Test
    void everySettingOfTheRegistrysClient_isHandedOn() {
        SettingsSource source = new SettingsSource().set("schema.registry.ssl.truststore.location", "trust.jks");
        RegistryClient.definition().names().forEach(name -> source.set(name, "1"));
        source.set("schema.registry.url", "http://registry:8081")
                .set("basic.auth.credentials.source", "URL")
                .set("bearer.auth.credentials.source", "STATIC_TOKEN");
        assertThat(source.read().registry())
                .containsKeys(RegistryClient.definition().names().toArray(String[]::new))
                .containsEntry("schema.registry.ssl.truststore.location", "trust.jks");
    }
}
