package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.metric.Series;
import org.junit.jupiter.api.Test;

/** A dimension with more items than count by themselves, as subscribers see it. */
class LowTrafficTest {
    private static final String[] TWO_ITEMS = {"dimensions=country", "items.max=2", "windows=1m/1s", "publish.early=off"
    };

    private static void checkouts(Timeline shop, String... countries) {
        for (String country : countries) {
            shop.later(1).hit("eu", "scCheckout", hit -> hit.setCountry(country));
        }
    }

    @Test
    void itemsBeyondTheMost_areSummedUp_andTheTotalIsExact() {
        try (Timeline shop = Timeline.of(TWO_ITEMS)) {
            checkouts(shop.at("10:00:10"), "fr", "de", "it", "fr", "es", "it", "");
            shop.inputEnds();
            assertThat(shop.finalLines())
                    .containsExactly(
                            "10:00:00 eu 7 7 7",
                            "10:00:00 eu/country/(low traffic) 3 3 null",
                            "10:00:00 eu/country/(none) 1 1 null",
                            "10:00:00 eu/country/de 1 1 null",
                            "10:00:00 eu/country/fr 2 2 null");
        }
    }

    @Test
    void recordsOfTheDimensionSaySo_untilNothingIsSummedUpInAnyWindow() {
        try (Timeline shop = Timeline.of(TWO_ITEMS)) {
            checkouts(shop.at("10:00:10"), "fr", "de");
            shop.at("10:00:20").pageView("eu");
            assertThat(shop.latest("eu", "country", "fr").getLowTraffic()).isFalse();
            checkouts(shop.at("10:00:30"), "it", "fr");
            shop.at("10:00:40").pageView("eu");
            assertThat(shop.latest("eu", "country", "(low traffic)").getLowTraffic())
                    .isTrue();
            assertThat(shop.latest("eu", "country", "fr").getLowTraffic()).isTrue();
            assertThat(shop.latest("eu").getLowTraffic()).isFalse();
            for (int minute = 2; minute < 8; minute++) {
                checkouts(shop.at("10:0" + minute + ":00"), "fr", "it");
                shop.later(2_000).pageView("eu");
            }
            assertThat(shop.checkouts("PT1M", "eu", "country", "it")).isEqualTo(1);
            assertThat(shop.latest("eu", "country", "fr").getLowTraffic()).isFalse();
            assertThat(shop.tombstones()).contains(new Series("eu", "country", "de"));
        }
    }

    @Test
    void itemThatAShopCallsSo_isPartOfTheSum_withoutTheFlag() {
        try (Timeline shop = Timeline.of(TWO_ITEMS)) {
            checkouts(shop.at("10:00:10"), "(low traffic)", "fr", "de");
            shop.at("10:00:20").pageView("eu");
            assertThat(shop.checkouts("PT1M", "eu", "country", "(low traffic)")).isEqualTo(1);
            assertThat(shop.latest("eu", "country", "(low traffic)").getLowTraffic())
                    .isFalse();
            assertThat(shop.checkouts("PT1M", "eu", "country", "de")).isEqualTo(1);
        }
    }
}
