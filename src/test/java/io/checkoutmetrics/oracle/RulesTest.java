package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesTest {

    @Test
    void defaults_areThoseOfTheJob() {
        assertThat(Rules.defaults())
                .isEqualTo(new Rules(
                        Set.of("scCheckout"),
                        1_000_000,
                        List.of("country", "campaign"),
                        List.of(Duration.ofMinutes(1)),
                        ZoneId.of("UTC"),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        DedupMode.EVENT_ID,
                        Map.of(),
                        Duration.ofDays(90),
                        Duration.ofHours(1),
                        Duration.ofDays(1),
                        Duration.ofMillis(200),
                        false,
                        false,
                        10_000));
    }

    @Test
    void everyRule_canBeReplaced() {
        Map<String, String> replacements = Map.ofEntries(
                Map.entry("checkout.events", "event7 , scCheckout"),
                Map.entry("checkout.max-increment", "5"),
                Map.entry("dimensions", ""),
                Map.entry("intervals", "1m,1h"),
                Map.entry("intervals.zone", "Asia/Kathmandu"),
                Map.entry("grace", "30s"),
                Map.entry("time.max-future", "1s"),
                Map.entry("dedup.mode", "visit"),
                Map.entry("dedup.mode.eu", "always"),
                Map.entry("dedup.event-id.retention", "2d"),
                Map.entry("dedup.hit-id.retention", "2h"),
                Map.entry("dedup.visit.retention", "3d"),
                Map.entry("watermark.delay", "1s"),
                Map.entry("visitors", "true"),
                Map.entry("cart.value", "true"),
                Map.entry("items.max", "7"));

        assertThat(Rules.of(replacements))
                .isEqualTo(new Rules(
                        Set.of("scCheckout", "event7"),
                        5,
                        List.of(),
                        List.of(Duration.ofMinutes(1), Duration.ofHours(1)),
                        ZoneId.of("Asia/Kathmandu"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        DedupMode.VISIT,
                        Map.of("eu", DedupMode.ALWAYS),
                        Duration.ofDays(2),
                        Duration.ofHours(2),
                        Duration.ofDays(3),
                        Duration.ofSeconds(1),
                        true,
                        true,
                        7));
    }

    @Test
    void nameThatIsNoRule_isRefused() {
        assertThatThrownBy(() -> Rules.of(Map.of("windows", "1m/1s"))).hasMessageContaining("windows is no rule");
        assertThatThrownBy(() -> Rules.of(Map.of("intervals.zone", "Europe/Pairs")))
                .hasMessageContaining("Europe/Pairs is no time zone");
    }
}
