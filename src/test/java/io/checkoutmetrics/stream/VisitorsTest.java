package io.checkoutmetrics.stream;

import static io.checkoutmetrics.stream.Timeline.time;
import static io.checkoutmetrics.stream.Timeline.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Visitors and visits as subscribers get them. */
class VisitorsTest {
    private static final String[] SETTINGS = {
        "windows=1m/1s,5m/5s", "grace=2m", "watermark.delay=0ms", "dimensions=country", "visitors=true"
    };

    private static Timeline shop(String... more) {
        String[] all = java.util.Arrays.copyOf(SETTINGS, SETTINGS.length + more.length);
        System.arraycopy(more, 0, all, SETTINGS.length, more.length);
        return Timeline.of(all);
    }

    private static void checkout(Timeline shop, String id, @Nullable String visitor, @Nullable String visit) {
        shop.hit(
                "eu",
                "scCheckout:" + id,
                hit -> hit.setVisitorId(visitor).setVisitId(visit).setCountry("fr"));
    }

    private static String in(WindowMetrics window) {
        return window.getCheckouts() + " by " + window.getVisitors() + " in " + window.getVisits();
    }

    private static String in(CheckoutInterval interval) {
        return interval.getCheckouts() + " by " + interval.getVisitors() + " in " + interval.getVisits();
    }

    @Test
    void whoComesTwice_isOneVisitor_ofTheTotalAndOfTheItem_whileInTheWindow() {
        try (Timeline shop = shop()) {
            shop.at("10:00:10");
            checkout(shop, "A", "ann", "ann-1");
            shop.at("10:00:20");
            checkout(shop, "B", "ann", "ann-2");
            checkout(shop, "C", "bob", "bob-1");
            shop.at("10:00:31").pageView("eu");

            assertThat(in(window("PT1M", shop.latest("eu")))).isEqualTo("3 by 2 in 3");
            assertThat(in(window("PT1M", shop.latest("eu", "country", "fr")))).isEqualTo("3 by 2 in 3");

            shop.inputFallsSilent().at("10:01:15");
            assertThat(in(window("PT1M", shop.latest("eu")))).isEqualTo("2 by 2 in 2");

            shop.at("10:01:25");
            assertThat(in(window("PT1M", shop.latest("eu")))).isEqualTo("0 by 0 in 0");
            assertThat(in(window("PT5M", shop.latest("eu")))).isEqualTo("3 by 2 in 3");
        }
    }

    @Test
    void finals_carryThem_withWhatCameLate_andWithoutDuplicates() {
        try (Timeline shop = shop()) {
            shop.at("10:00:10");
            checkout(shop, "A", "ann", "ann-1");
            shop.at("10:01:10");
            checkout(shop, "A", "eve", "eve-1");
            checkout(shop, "B", "ann", "ann-2");
            shop.hit("eu", "scCheckout:C", hit -> hit.setVisitorId("bob").setTime(time("10:00:50")));
            shop.at("10:01:20").inputEnds();

            assertThat(shop.finals())
                    .filteredOn(one -> one.getDimension().isEmpty())
                    .extracting(VisitorsTest::in)
                    .containsExactly("2 by 2 in 1", "1 by 1 in 1");
        }
    }

    @Test
    void checkoutThatComesLate_correctsVisitors() {
        try (Timeline shop = shop()) {
            shop.at("10:00:10");
            checkout(shop, "A", "ann", "ann-1");
            shop.at("10:00:40").pageView("eu");
            shop.hit("eu", "scCheckout:B", hit -> hit.setVisitorId("bob").setTime(time("10:00:12")));
            shop.at("10:00:41").pageView("eu").at("10:00:42");

            assertThat(shop.history("eu"))
                    .filteredOn(one -> one.getStatus() == Status.CORRECTED)
                    .extracting(one -> in(window("PT1M", one)))
                    .contains("2 by 2 in 1");
        }
    }

    @Test
    void hitsWithoutThem_leaveThemUnknown_butOfNoCheckoutsThereAreNone() {
        try (Timeline shop = shop()) {
            shop.at("10:00:10");
            checkout(shop, "A", null, null);
            shop.at("10:00:12").pageView("eu").at("10:00:13");
            assertThat(in(window("PT1M", shop.latest("eu")))).isEqualTo("1 by null in null");

            checkout(shop, "B", "ann", null);
            shop.at("10:00:14").pageView("eu").at("10:00:15");
            assertThat(in(window("PT1M", shop.latest("eu")))).isEqualTo("2 by 1 in null");

            shop.at("10:01:30").inputEnds();
            assertThat(shop.finals())
                    .filteredOn(one -> one.getDimension().isEmpty())
                    .extracting(VisitorsTest::in)
                    .containsExactly("2 by 1 in null");
        }
    }

    @Test
    void whereTheyAreNotCounted_theyAreUnknown_alsoOfNoCheckouts() {
        try (Timeline shop = shop("visitors=false")) {
            shop.at("10:00:10").pageView("eu").at("10:01:00");
            checkout(shop, "A", "ann", "ann-1");
            shop.at("10:01:12").pageView("eu").at("10:01:13");
            assertThat(in(window("PT1M", shop.latest("eu")))).isEqualTo("1 by null in null");

            shop.at("10:01:30").inputEnds();
            assertThat(shop.finals())
                    .filteredOn(one -> one.getDimension().isEmpty())
                    .extracting(VisitorsTest::in)
                    .containsExactly("0 by null in null", "1 by null in null");
        }
    }

    /** Far more than a log holds: sketches of slices are united. */
    @Test
    void ofManyVisitors_theNumberIsAnEstimate_andExactWhereAWindowHasFew() {
        try (Timeline shop = shop()) {
            int visitor = 0;
            for (int second = 10; second < 50; second++) {
                shop.at("10:00:" + second);
                for (int i = 0; i < 100; i++) {
                    checkout(shop, "A" + visitor, "visitor-" + visitor, "visit-" + visitor++ / 2);
                }
            }
            shop.at("10:01:30");
            for (int i = 0; i < 5; i++) {
                checkout(shop, "B" + i, "visitor-" + i, "visit-" + i);
            }
            shop.inputFallsSilent().at("10:02:20");

            assertThat(in(window("PT1M", shop.latest("eu")))).isEqualTo("5 by 5 in 5");
            WindowMetrics longer = window("PT5M", shop.latest("eu"));
            assertThat(longer.getCheckouts()).isEqualTo(4_005);
            assertThat(longer.getVisitors()).isBetween(3_920L, 4_080L);
            assertThat(longer.getVisits()).isBetween(1_960L, 2_040L);

            shop.inputEnds();
            assertThat(shop.finals())
                    .filteredOn(one -> one.getDimension().isEmpty() && one.getCheckouts() == 4_000)
                    .singleElement()
                    .satisfies(one -> assertThat(one.getVisitors()).isBetween(3_920L, 4_080L));
        }
    }
}
