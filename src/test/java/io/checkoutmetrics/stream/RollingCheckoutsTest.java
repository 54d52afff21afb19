package io.checkoutmetrics.stream;

import static io.checkoutmetrics.stream.Timeline.time;
import static io.checkoutmetrics.stream.Timeline.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.metric.Series;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RollingCheckoutsTest {
    @Test
    void checkouts_areInEveryWindowThatHoldsThem() {
        try (Timeline shop = Timeline.of("windows=1m/1s,5m/5s")) {
            shop.at("10:00:10").checkout("eu");
            shop.at("10:00:40").checkout("eu");
            shop.at("10:01:20").pageView("eu");
            assertThat(shop.checkouts("PT1M", "eu")).isEqualTo(1);
            assertThat(shop.checkouts("PT5M", "eu")).isEqualTo(2);
        }
    }

    @Test
    void checkoutsStop_whileOtherHitsGoOn_countFallsToZeroByItself() {
        try (Timeline shop = Timeline.of("windows=1m/1s,5m/5s", "watermark.delay=0ms")) {
            shop.at("10:00:10").checkout("eu").checkout("eu");
            for (int second = 11; second < 60; second++) {
                shop.at("10:00:" + second).pageView("eu");
            }
            assertThat(shop.checkouts("PT1M", "eu")).isEqualTo(2);
            for (int second = 0; second < 15; second++) {
                shop.at("10:01:%02d".formatted(second)).pageView("eu");
            }
            assertThat(shop.checkouts("PT1M", "eu")).isZero();
            CheckoutMetrics latest = shop.latest("eu");
            assertThat(window("PT1M", latest).getPreviousCheckouts()).isEqualTo(2);
            assertThat(window("PT1M", latest).getHits()).isGreaterThan(50);
            assertThat(latest.getStatus()).isIn(Status.ON_TIME, Status.EARLY);
            assertThat(latest.getLastCheckoutAt()).isEqualTo(time("10:00:10"));
        }
    }

    @Test
    void allInputStops_countFallsToZero_andStatusSaysInputIdle() {
        try (Timeline shop = Timeline.of("windows=1m/1s")) {
            shop.at("10:00:10").checkout("eu");
            shop.inputFallsSilent().at("10:01:30");
            CheckoutMetrics latest = shop.latest("eu");
            assertThat(window("PT1M", latest).getCheckouts()).isZero();
            assertThat(latest.getStatus()).isEqualTo(Status.INPUT_IDLE);
            assertThat(latest.getAsOf()).isAfter(time("10:01:20"));
        }
    }

    @Test
    void partitionThatIsSlowAndNotQuiet_holdsTime() {
        try (Timeline shop = Timeline.of("windows=1m/1s")) {
            shop.at("10:00:10").checkout("eu");
            shop.at("10:00:12").pageView("eu");
            shop.at("10:30:00");
            assertThat(shop.latest("eu").getAsOf()).isBefore(time("10:00:12"));
            assertThat(shop.finals()).isEmpty();
        }
    }

    @Test
    void total_isPublishedAgainAsASignOfLife() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "publish.alive=5s")) {
            shop.at("10:00:10").checkout("eu");
            shop.inputFallsSilent().at("10:05:00");
            Instant asOf = shop.latest("eu").getAsOf();
            shop.at("10:05:06");
            assertThat(shop.latest("eu").getAsOf()).isAfter(asOf);
        }
    }

    @Test
    void windowIsAlignedToItsSlide_andCompleteOnlyAtItsEnd() {
        try (Timeline shop = Timeline.of("windows=5m/1m", "watermark.delay=0ms")) {
            shop.at("10:07:30").checkout("eu");
            shop.at("10:07:40").pageView("eu").at("10:07:41");
            CheckoutMetrics filling = shop.latest("eu");
            assertThat(window("PT5M", filling).getStart()).isEqualTo(time("10:03:00"));
            assertThat(window("PT5M", filling).getEnd()).isEqualTo(time("10:08:00"));
            assertThat(window("PT5M", filling).getComplete()).isFalse();
            assertThat(filling.getStatus()).isEqualTo(Status.EARLY);
            shop.at("10:08:20").pageView("eu");
            assertThat(shop.history("eu")).anySatisfy(one -> {
                assertThat(one.getAsOf()).isEqualTo(time("10:08:00"));
                assertThat(one.getStatus()).isEqualTo(Status.ON_TIME);
                assertThat(window("PT5M", one).getComplete()).isTrue();
                assertThat(window("PT5M", one).getCheckouts()).isEqualTo(1);
            });
        }
    }

    @Test
    void publishEarlyOff_publishesOnlyAtSlides() {
        try (Timeline shop = Timeline.of("windows=5m/1m", "publish.early=off", "publish.alive=1h")) {
            for (int second = 10; second < 60; second++) {
                shop.at("10:07:" + second).checkout("eu");
            }
            shop.at("10:08:10").pageView("eu");
            assertThat(shop.history("eu"))
                    .allSatisfy(one ->
                            assertThat(one.getAsOf().getEpochSecond() % 60).isZero());
            assertThat(shop.checkouts("PT5M", "eu")).isEqualTo(50);
        }
    }

    @Test
    void checkoutThatComesAfterItsWindowWasPublished_correctsIt() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "watermark.delay=0ms")) {
            shop.at("10:00:20").checkout("eu");
            shop.at("10:00:30").pageView("eu");
            int revision = shop.latest("eu").getRevision();
            shop.at("10:00:31").hit("eu", "scCheckout", hit -> hit.setTime(time("10:00:05")));
            shop.at("10:00:33").pageView("eu");
            assertThat(shop.history("eu")).anySatisfy(one -> {
                assertThat(one.getStatus()).isEqualTo(Status.CORRECTED);
                assertThat(one.getRevision()).isEqualTo(revision + 1);
                assertThat(window("PT1M", one).getCheckouts()).isEqualTo(2);
            });
        }
    }

    @Test
    void itemThatNobodyChecksOutWithAnyMore_isPublishedAsZero_thenGone_butItsTotalStays() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=country")) {
            shop.at("10:00:10").hit("eu", "scCheckout", hit -> hit.setCountry("fr"));
            shop.inputFallsSilent().at("10:01:30");
            assertThat(shop.checkouts("PT1M", "eu", "country", "fr")).isZero();
            assertThat(shop.tombstones()).isEmpty();
            shop.at("10:03:00");
            assertThat(shop.tombstones()).containsExactly(new Series("eu", "country", "fr"));
            assertThat(shop.checkouts("PT1M", "eu")).isZero();
        }
    }

    @Test
    void checkoutWithoutTheDimension_countsUnderNone() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=country,dimensions.eVar5")) {
            shop.at("10:00:10")
                    .hit(
                            "eu",
                            "scCheckout",
                            hit -> hit.setCountry("").setDimensions(java.util.Map.of("eVar5", "blue")));
            shop.at("10:00:20").pageView("eu");
            assertThat(shop.checkouts("PT1M", "eu", "country", "(none)")).isEqualTo(1);
            assertThat(shop.checkouts("PT1M", "eu", "dimensions.eVar5", "blue")).isEqualTo(1);
        }
    }

    @Test
    void windowThatIsStillFilling_holdsNothingOfTheTimeAfterIt() {
        try (Timeline shop = Timeline.of("windows=1m/1s,1h/10m", "dimensions=", "watermark.delay=2s")) {
            for (int second = 10; second < 40; second++) {
                shop.at("10:00:" + second).checkout("eu");
            }
            assertThat(shop.history("eu")).isNotEmpty().allSatisfy(one -> {
                assertThat(window("PT1H", one).getCheckouts())
                        .isEqualTo(window("PT1M", one).getCheckouts());
                assertThat(one.getLastCheckoutAt()).isNotNull().isBefore(one.getAsOf());
            });
        }
    }

    @Test
    void hitDatedTenYearsAhead_changesNothingForTheHitsAfterIt() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=")) {
            shop.at("10:00:10").checkout("eu");
            shop.hit("eu", "scCheckout", hit -> hit.setTime(Instant.parse("2036-01-05T10:00:00Z")));
            shop.bytesDated(
                    shop.bytesOf(io.checkoutmetrics.avro.Hit.newBuilder()
                            .setReportSuite("eu")
                            .setEvents("scCheckout")
                            .build()),
                    Instant.parse("2036-01-05T10:00:00Z").toEpochMilli());
            shop.at("10:00:12").checkout("eu");
            shop.at("10:00:15").pageView("eu");
            assertThat(shop.checkouts("PT1M", "eu")).isEqualTo(2);
            assertThat(shop.deadLetterReasons()).containsExactly("future_timestamp", "future_timestamp");
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 2 2 4");
        }
    }
}
