package io.checkoutmetrics.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
    @ParameterizedTest
    @CsvSource({"5%,0.05", "0.5%,0.005", "100%,1", "0%,0", "12.5 %,0.125", "off,1"})
    void share_isRead(String text, double share) {
        assertThat(TestSettings.read("dead-letters.max-share=" + text).mostDeadLetters())
                .isEqualTo(share);
    }

    @Test
    void byDefault_itIsFivePercent() {
        assertThat(TestSettings.read().mostDeadLetters()).isEqualTo(0.05);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "101%", "-1%", "%", "1e1%", "NaN%", "none", ""})
    void whatIsNoShare_isRefused(String text) {
        assertThat(TestSettings.problems("dead-letters.max-share=" + text))
                .singleElement()
                .asString()
                .startsWith("dead-letters.max-share: ")
                .contains("Write 5%");
    }
}
