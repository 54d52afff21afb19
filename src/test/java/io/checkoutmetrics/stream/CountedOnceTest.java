package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedOnceTest {
    private static final String[] NO_DIMENSIONS = {"dimensions="};

    @Test
    void sameEventId_countsOnce_acrossVisitors_andKeepsTheHitsApart() {
        try (Timeline shop = Timeline.of(NO_DIMENSIONS)) {
            shop.at("10:00:10").hit("eu", "scCheckout:A1", hit -> hit.setVisitorId("anna"));
            shop.at("10:00:20").hit("eu", "scCheckout:A1", hit -> hit.setVisitorId("ben"));
            shop.at("10:00:30").hit("us", "scCheckout:A1", hit -> {});
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 1 1 2", "10:00:00 us 1 1 1");
            assertThat(shop.outcomes().get("duplicate")).isEqualTo(1);
        }
    }

    @Test
    void eventId_isForgottenAfterItsRetention_countedFromTheCheckoutThatCounted() {
        try (Timeline shop = Timeline.of("dimensions=", "dedup.event-id.retention=10m")) {
            shop.at("10:00:10").hit("eu", "scCheckout:A1", hit -> {});
            shop.at("10:10:09").hit("eu", "scCheckout:A1", hit -> {});
            shop.at("10:10:10").hit("eu", "scCheckout:A1", hit -> {});
            shop.inputEnds();
            assertThat(shop.outcomes().get("counted")).isEqualTo(2);
            assertThat(shop.outcomes().get("duplicate")).isEqualTo(1);
        }
    }

    @Test
    void hitDeliveredAgain_countsOnce_inEveryMode() {
        for (String mode : new String[] {"event-id", "visit", "always"}) {
            try (Timeline shop = Timeline.of("dimensions=", "dedup.mode=" + mode)) {
                shop.at("10:00:10").hit("eu", "scCheckout", hit -> hit.setHitId("h1"));
                shop.at("10:59:00").hit("eu", "scCheckout", hit -> hit.setHitId("h1"));
                shop.at("11:00:10").hit("eu", "scCheckout", hit -> hit.setHitId("h1"));
                shop.inputEnds();
                assertThat(shop.outcomes().get("counted")).as(mode).isEqualTo(2);
            }
        }
    }

    @Test
    void visitMode_countsAVisitOnce_andHitsWithoutVisitAlways() {
        try (Timeline shop = Timeline.of("dimensions=", "dedup.mode=visit")) {
            shop.at("10:00:10").hit("eu", "scCheckout:A", hit -> hit.setVisitId("v1"));
            shop.at("10:00:11").hit("eu", "scCheckout:B", hit -> hit.setVisitId("v1"));
            shop.at("10:00:12").hit("eu", "scCheckout:C", hit -> {});
            shop.at("10:00:13").hit("eu", "scCheckout:C", hit -> {});
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 3 3 4");
        }
    }

    @Test
    void modeOfOneReportSuite_isItsOwn() {
        try (Timeline shop = Timeline.of("dimensions=", "dedup.mode.us=always")) {
            for (String suite : new String[] {"eu", "us"}) {
                shop.at("10:00:10").hit(suite, "scCheckout:A,scCheckout:A", hit -> {});
                shop.at("10:00:11").hit(suite, "scCheckout:A", hit -> {});
            }
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 1 1 2", "10:00:00 us 2 3 2");
        }
    }

    @Test
    void itemThatWasSeen_isDropped_andTheHitCountsByTheRest() {
        try (Timeline shop = Timeline.of("dimensions=", "checkout.events=scCheckout,event20")) {
            shop.at("10:00:10").hit("eu", "scCheckout=5:A", hit -> {});
            shop.at("10:00:11").hit("eu", "scCheckout=5:A,event20=2", hit -> {});
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 2 7 2");
        }
    }

    @Test
    void ofDuplicatesReceivedAtOneTime_theOneWithTheSmallerHitIdCounts() {
        try (Timeline shop = Timeline.of("dimensions=country")) {
            shop.at("10:00:10")
                    .hit("eu", "scCheckout:A", hit -> hit.setHitId("h2").setCountry("de"));
            shop.hit("eu", "scCheckout:A", hit -> hit.setHitId("h1").setCountry("fr"));
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 1 1 2", "10:00:00 eu/country/fr 1 1 null");
        }
    }

    @Test
    void hitsWithoutAnyId_areNeverGuessedToBeTheSame() {
        try (Timeline shop = Timeline.of(NO_DIMENSIONS)) {
            shop.at("10:00:10").checkout("eu").checkout("eu").checkout("eu");
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 3 3 3");
        }
    }

    @Test
    void values_addUpAsIncrements() {
        try (Timeline shop = Timeline.of(NO_DIMENSIONS)) {
            shop.at("10:00:10").hit("eu", "event1,scCheckout,scCheckout=3", hit -> {});
            shop.hit("eu", "scCheckout=0", hit -> {});
            shop.inputEnds();
            assertThat(shop.finalLines()).containsExactly("10:00:00 eu 1 4 2");
        }
    }
}
