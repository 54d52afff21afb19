package io.checkoutmetrics.stream;

import static io.checkoutmetrics.stream.Timeline.time;
import static io.checkoutmetrics.stream.Timeline.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Hit;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is published of a backlog: every final, and of the rolling windows only where they are now. */
class CatchUpTest {
    private static final String[] SETTINGS = {
        "windows=1m/1s,1h/10s", "dimensions=country", "grace=1m", "publish.alive=5s"
    };

    /** Three hours of hits, one checkout every ten seconds, all received long ago and read within a minute from noon. */
    private static void readThreeHours(Timeline shop) {
        readThreeHours(shop, hit -> {});
    }

    private static void readThreeHours(Timeline shop, Consumer<Hit.Builder> more) {
        long first = time("09:00:00").toEpochMilli();
        shop.at("12:00:00");
        for (int i = 0; i < 3 * 360; i++) {
            if (i % 18 == 0) {
                shop.later(1_000);
            }
            Hit.Builder hit = Hit.newBuilder()
                    .setReportSuite("eu")
                    .setEvents("scCheckout")
                    .setCountry("fr")
                    .setTime(Instant.ofEpochMilli(first + i * 10_000L));
            more.accept(hit);
            shop.bytesDated(shop.bytesOf(hit.build()), first + i * 10_000L);
        }
    }

    @Test
    void backlog_givesEveryFinal_andHardlyAnyRollingCheckouts() {
        try (Timeline shop = Timeline.of(SETTINGS)) {
            shop.backlogBegins();
            readThreeHours(shop);
            assertThat(shop.finals()).hasSizeGreaterThan(2 * 175);
            assertThat(shop.history("eu", "country", "fr")).isEmpty();
            List<CheckoutMetrics> totals = shop.history("eu");
            assertThat(totals).as("a sign of life every five seconds").hasSizeBetween(8, 14);
            assertThat(totals.get(5).getAsOf()).isBetween(time("09:00:00"), time("10:59:00"));
        }
    }

    @Test
    void onceTheBacklogIsRead_allThatChangedIsPublished_asItIsNow() {
        try (Timeline shop = Timeline.of(SETTINGS)) {
            shop.backlogBegins();
            readThreeHours(shop);
            shop.backlogEnds().later(1_000);
            assertThat(shop.checkouts("PT1H", "eu")).isEqualTo(360);
            assertThat(shop.checkouts("PT1H", "eu", "country", "fr")).isEqualTo(360);
            assertThat(window("PT1H", shop.latest("eu")).getPreviousCheckouts()).isEqualTo(360);
        }
    }

    @Test
    void visitors_areInEveryFinal_andInTotalsThatSayHowFarItHasCome() {
        try (Timeline shop = Timeline.of("windows=1m/1s,1h/10s", "grace=1m", "publish.alive=5s", "visitors=true")) {
            shop.backlogBegins();
            readThreeHours(
                    shop,
                    hit -> hit.setVisitorId("ann")
                            .setVisitId(hit.getTime().toString().substring(0, "2025-05-01T09".length())));
            assertThat(shop.history("eu"))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(total -> assertThat(window("PT1H", total).getVisitors())
                            .isEqualTo(Math.min(1, window("PT1H", total).getCheckouts())));
            assertThat(shop.finals()).isNotEmpty().allSatisfy(one -> {
                assertThat(one.getVisitors()).isEqualTo(1);
                assertThat(one.getVisits()).isEqualTo(1);
            });

            shop.backlogEnds().later(1_000);
            assertThat(window("PT1H", shop.latest("eu")).getVisitors()).isEqualTo(1);
            assertThat(window("PT1H", shop.latest("eu")).getVisits())
                    .as("from 10:59:50 to 11:59:50, a visit for each hour")
                    .isEqualTo(2);
        }
    }

    @Test
    void itemThatCameAndWentInTheBacklog_isNeverHeardOf() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=country", "grace=1m")) {
            shop.backlogBegins();
            readThreeHours(shop);
            shop.at("12:10:00")
                    .bytesDated(
                            shop.bytesOf(Hit.newBuilder()
                                    .setReportSuite("eu")
                                    .setEvents("scCheckout")
                                    .setCountry("de")
                                    .build()),
                            time("12:09:50").toEpochMilli());
            shop.later(1_000).backlogEnds().later(1_000);
            assertThat(shop.history("eu", "country", "fr")).isEmpty();
            assertThat(shop.tombstones()).isEmpty();
            assertThat(shop.latest("eu").getAsOf()).isAfter(time("12:09:49"));
        }
    }

    @Test
    void progress_saysHowFarItHasCome() {
        try (Timeline shop = Timeline.of(SETTINGS)) {
            shop.backlogBegins();
            readThreeHours(shop);
            assertThat(shop.progress().slowest()).hasValueSatisfying(standing -> {
                assertThat(standing.isBehind()).isTrue();
                assertThat(standing.asOf().orElseThrow()).isBetween(time("11:55:00"), time("12:00:00"));
            });
        }
    }

    @Test
    void sameHitsOneByOne_giveTheSameFinals_andARecordForEverySlide() {
        List<String> finals;
        try (Timeline shop = Timeline.of(SETTINGS)) {
            shop.backlogBegins();
            readThreeHours(shop);
            finals = shop.inputEnds().finalLines();
        }
        try (Timeline shop = Timeline.of(SETTINGS)) {
            readThreeHours(shop);
            assertThat(shop.history("eu")).hasSizeGreaterThan(1_000);
            assertThat(shop.inputEnds().finalLines()).isEqualTo(finals).hasSize(2 * 180);
        }
    }

    @Test
    void clockThatLeapsByHours_asAfterADowntime_isToldAsItIsNow_notSlideBySlide() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=", "publish.alive=1h")) {
            shop.at("10:00:10").checkout("eu").at("10:00:12");
            int before = shop.history("eu").size();
            shop.jumpTo("13:00:00").inputFallsSilent().later(6_000);
            assertThat(shop.checkouts("PT1M", "eu")).isZero();
            assertThat(shop.history("eu")).hasSizeLessThan(before + 5);
        }
    }
}
