package io.checkoutmetrics.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockDifferenceTest {
    private static final Instant DATE = Instant.parse("2026-01-05T10:00:00Z");

    private static Optional<Duration> of(Map<String, List<String>> headers, long askedMs, long answeredMs) {
        return ClockDifference.atLeast(
                HttpHeaders.of(headers, (name, value) -> true), DATE.plusMillis(askedMs), DATE.plusMillis(answeredMs));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20, 0, same time",
        "980, 999, 0, the server's second has not passed",
        "-4000, 4000, 0, an answer that took long says little",
        "61000, 61020, 60000, ours is ahead",
        "-61000, -60000, -60000, ours is behind"
    })
    void onlyWhatTheDateProves_isADifference(long askedMs, long answeredMs, long aheadMs, String why) {
        assertThat(of(Map.of("Date", List.of("Mon, 5 Jan 2026 10:00:00 GMT")), askedMs, answeredMs))
                .as(why)
                .contains(Duration.ofMillis(aheadMs));
    }

    @Test
    void answerWithoutADate_orOutOfACache_saysNothing() {
        assertThat(of(Map.of(), 0, 0)).isEmpty();
        assertThat(of(Map.of("Date", List.of("yesterday")), 0, 0)).isEmpty();
        assertThat(of(Map.of("Date", List.of("Mon, 5 Jan 2026 10:00:00 GMT"), "Age", List.of("60")), 0, 0))
                .isEmpty();
    }
}
