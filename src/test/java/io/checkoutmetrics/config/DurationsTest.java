package io.checkoutmetrics.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "5s, PT5S",
        "10m, PT10M",
        "24h, PT24H",
        "90d, PT2160H",
        "0ms, PT0S",
        "5 s, PT5S",
        "' 5s ', PT5S",
        "5M, PT5M",
        "PT5S, PT5S",
        "P1DT1H, PT25H",
        "pt0.250s, PT0.25S",
        "36500d, PT876000H"
    })
    void everyForm_isRead(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "-5s",
                "PT-5S",
                "-PT5S",
                "1.5s",
                "5 sec",
                "5min",
                "1w",
                "P1Y",
                "PT",
                "PT0.0001S",
                "36501d",
                "999999999999999d",
                "9999999999999999d",
                "P106751991167300D",
                "٥s",
                "5s5s",
                "0x5s",
                "off"
            })
    void anythingElse_isRefused_showingTheForms(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no duration. Write 250ms, 5s, 10m, 24h, 90d or ISO-8601 such as PT5S.");
    }

    @Property
    void whatJavaWrites_isReadBack(@ForAll @LongRange(min = 0, max = 3_153_600_000_000L) long ms) {
        assertThat(Durations.parse(Duration.ofMillis(ms).toString())).isEqualTo(Duration.ofMillis(ms));
        assertThat(Durations.parse(ms + "ms")).isEqualTo(Duration.ofMillis(ms));
    }

    @Property
    void anyText_isADurationOrRefused_neverAnythingElse(@ForAll String text) {
        try {
            assertThat(Durations.parse(text)).isGreaterThanOrEqualTo(Duration.ZERO);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("is no duration");
        }
    }
}
