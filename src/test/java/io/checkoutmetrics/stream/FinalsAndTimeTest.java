package io.checkoutmetrics.stream;

import static io.checkoutmetrics.stream.Timeline.time;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FinalsAndTimeTest {
    @Test
    void interval_isPublishedOnce_afterItsGrace() {
        try (Timeline shop = Timeline.of("dimensions=country", "grace=1m", "watermark.delay=0ms")) {
            shop.at("10:00:10").hit("eu", "scCheckout", hit -> hit.setCountry("fr"));
            shop.at("10:01:59").pageView("eu");
            assertThat(shop.finals()).isEmpty();
            shop.at("10:02:01").pageView("eu");
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 1 1 1", "10:00:00 eu/country/fr 1 1 null");
            shop.at("10:09:00").pageView("eu");
            shop.inputEnds();
            assertThat(shop.finalLines())
                    .containsExactly(
                            "10:00:00 eu 1 1 1",
                            "10:00:00 eu/country/fr 1 1 null",
                            "10:01:00 eu 0 0 1",
                            "10:02:00 eu 0 0 1",
                            "10:09:00 eu 0 0 1");
        }
    }

    @Test
    void severalIntervals_areFinalEachInItsTime() {
        try (Timeline shop = Timeline.of("dimensions=", "grace=1m", "intervals=1m,5m")) {
            shop.at("10:00:10").checkout("eu");
            shop.at("10:04:10").checkout("eu");
            shop.inputEnds();
            assertThat(shop.finalLines())
                    .containsExactly("10:00:00 eu 1 1 1", "10:00:00 eu 2 2 2", "10:04:00 eu 1 1 1");
        }
    }

    @Test
    void checkoutWithinGrace_countsWhereItHappened_hitsWhereTheyWereReceived() {
        try (Timeline shop = Timeline.of("dimensions=", "grace=10m")) {
            shop.at("10:08:00").hit("eu", "scCheckout", hit -> hit.setTime(time("10:00:30")));
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 1 1 0", "10:08:00 eu 0 0 1");
        }
    }

    @Test
    void checkoutPastGrace_isDeadLettered_andChangesNoWindow() {
        try (Timeline shop = Timeline.of("dimensions=", "grace=1m")) {
            shop.at("10:05:33").checkout("eu");
            shop.hit("eu", "scCheckout:A", hit -> hit.setTime(time("10:04:32.999")));
            shop.hit("eu", "scCheckout:A", hit -> hit.setTime(time("10:04:33")));
            shop.at("10:05:40").pageView("eu");
            assertThat(shop.checkouts("PT5M", "eu")).isEqualTo(2);
            assertThat(shop.deadLetterReasons()).containsExactly("late");
        }
    }

    @Test
    void clientClockThatIsAhead_isSetBack_orRefusedWhenTooFar() {
        try (Timeline shop = Timeline.of("dimensions=", "time.max-future=5m")) {
            shop.at("10:00:30").hit("eu", "scCheckout", hit -> hit.setTime(time("10:05:30")));
            shop.hit("eu", "scCheckout", hit -> hit.setTime(time("10:05:30.001")));
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 1 1 2");
            assertThat(shop.deadLetterReasons()).containsExactly("future_timestamp");
        }
    }

    @Test
    void withoutGrace_clockOfTheBrokersThatIsAheadByLessThanASecond_losesNothing() {
        try (Timeline shop = Timeline.of("dimensions=", "grace=0s", "watermark.delay=0ms")) {
            byte[] checkout = shop.bytesOf(io.checkoutmetrics.avro.Hit.newBuilder()
                    .setReportSuite("eu")
                    .setEvents("scCheckout")
                    .build());
            shop.at("10:00:30").bytesDated(checkout, time("10:00:31").toEpochMilli());
            shop.bytesDated(checkout, time("10:00:31.001").toEpochMilli());
            shop.inputEnds();
            assertThat(shop.deadLetterReasons()).containsExactly("future_timestamp");
            assertThat(shop.finals())
                    .extracting(io.checkoutmetrics.avro.CheckoutInterval::getCheckouts)
                    .containsExactly(1L);
        }
    }

    @Test
    void timesBefore2000_areBad() {
        try (Timeline shop = Timeline.of("dimensions=")) {
            shop.at("10:00:30");
            for (String bad :
                    new String[] {"1970-01-01T00:00:00Z", "1969-12-31T00:00:00Z", "1999-12-31T23:59:59.999Z"}) {
                shop.hit("eu", "scCheckout", hit -> hit.setTime(Instant.parse(bad)));
            }
            assertThat(shop.deadLetterReasons()).containsOnly("bad_timestamp").hasSize(3);
        }
    }

    @Test
    void recordThatGoesBackBehindAClosedInterval_isOutOfOrder_andItsFinalStands() {
        try (Timeline shop = Timeline.of("dimensions=", "grace=1m")) {
            shop.at("10:00:30").checkout("eu");
            shop.at("10:05:00").pageView("eu");
            byte[] checkout = shop.bytesOf(io.checkoutmetrics.avro.Hit.newBuilder()
                    .setReportSuite("eu")
                    .setEvents("scCheckout")
                    .build());
            shop.bytesDated(checkout, time("10:00:40").toEpochMilli());
            shop.bytesDated(checkout, time("10:04:50").toEpochMilli());
            shop.inputEnds();
            assertThat(shop.deadLetterReasons()).containsExactly("out_of_order");
            assertThat(shop.finalLines())
                    .containsExactly("10:00:00 eu 1 1 1", "10:04:00 eu 1 1 1", "10:05:00 eu 0 0 1");
            assertThat(shop.outcomes().get("hits_after_close")).isEqualTo(1);
        }
    }

    @Test
    void hitsOfAllKinds_areHits_exceptUnreadableOnes() {
        try (Timeline shop = Timeline.of("dimensions=")) {
            shop.at("10:00:01").pageView("eu");
            shop.hit("eu", "scCheckout", hit -> hit.setExcluded("exclude_hit"));
            shop.hit("eu", "scCheckout=abc", hit -> {});
            shop.hit("eu", "scCheckout", hit -> hit.setTime(Instant.EPOCH));
            shop.bytes(new byte[] {9, 9, 9});
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 0 0 4");
            assertThat(shop.outcomes().get("excluded")).isEqualTo(1);
        }
    }

    @Test
    void emptyInput_endsWithoutAnything() {
        try (Timeline shop = Timeline.of()) {
            shop.inputEnds();
            assertThat(shop.finals()).isEmpty();
        }
    }
}
