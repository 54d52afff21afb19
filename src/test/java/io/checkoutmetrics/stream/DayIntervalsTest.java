package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several intervals at once, days of a time zone among them. */
class DayIntervalsTest {
    @Test
    void minutesHoursAndDays_areEachPublishedOnce_withTheSameCheckoutsInThem() {
        try (Timeline shop = Timeline.of("dimensions=", "intervals=1m,1h,1d", "grace=1m")) {
            shop.at("10:00:10").checkout("eu");
            shop.at("10:00:50").checkout("eu");
            shop.at("11:30:00").checkout("eu").inputEnds();
            assertThat(lines(shop))
                    .containsExactlyInAnyOrder(
                            "2026-01-05T10:00:00Z PT1M 2",
                            "2026-01-05T11:30:00Z PT1M 1",
                            "2026-01-05T10:00:00Z PT1H 2",
                            "2026-01-05T11:00:00Z PT1H 1",
                            "2026-01-05T00:00:00Z PT24H 3");
        }
    }

    @Test
    void daysOfATimeZone_have23HoursInSpringAnd25InAutumn() {
        try (Timeline shop = Timeline.of("dimensions=", "intervals=1d", "intervals.zone=Europe/Paris", "grace=1m")) {
            for (String received : List.of(
                    "2025-03-29T22:59:59.999Z", // the last instant of the 29th
                    "2025-03-29T23:00:00Z",
                    "2025-03-30T21:59:59.999Z",
                    "2025-03-30T22:00:00Z",
                    "2025-10-25T21:59:59.999Z",
                    "2025-10-25T22:00:00Z",
                    "2025-10-26T22:59:59.999Z",
                    "2025-10-26T23:00:00Z")) {
                shop.checkoutDated("eu", Instant.parse(received));
            }
            shop.inputEnds();
            assertThat(lines(shop))
                    .containsExactlyInAnyOrder(
                            "2025-03-28T23:00:00Z PT24H 1",
                            "2025-03-29T23:00:00Z PT23H 2",
                            "2025-03-30T22:00:00Z PT24H 1",
                            "2025-10-24T22:00:00Z PT24H 1",
                            "2025-10-25T22:00:00Z PT25H 2",
                            "2025-10-26T23:00:00Z PT24H 1");
        }
    }

    @Test
    void day_isPublishedOnceItsGraceHasPassed_notBefore() {
        try (Timeline shop = Timeline.of("dimensions=", "intervals=1d", "intervals.zone=Asia/Kathmandu", "grace=10m")) {
            shop.checkoutDated("eu", Instant.parse("2026-01-04T18:14:59Z"));
            shop.checkoutDated("eu", Instant.parse("2026-01-04T18:24:59Z"));
            shop.later(1_000);
            assertThat(lines(shop)).isEmpty();
            shop.checkoutDated("eu", Instant.parse("2026-01-04T18:25:01Z")).later(1_000);
            assertThat(lines(shop)).containsExactly("2026-01-03T18:15:00Z PT24H 1");
        }
    }

    private static List<String> lines(Timeline shop) {
        return shop.finals().stream()
                .map(one -> one.getStart() + " " + Duration.between(one.getStart(), one.getEnd()) + " "
                        + one.getCheckouts())
                .toList();
    }
}
