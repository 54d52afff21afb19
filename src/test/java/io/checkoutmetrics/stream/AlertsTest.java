package io.checkoutmetrics.stream;

import static io.checkoutmetrics.stream.Timeline.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.AlertKind;
import io.checkoutmetrics.avro.CheckoutAlert;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final String[] SETTINGS = {
        "alerts=true", "alerts.false-alarms=100", "windows=1m/1s", "dimensions=", "publish.alive=1h"
    };

    /** Something every three seconds. */
    private static void every3s(Timeline shop, String from, String to, BiConsumer<Timeline, Instant> hits) {
        for (Instant at = time(from); at.isBefore(time(to)); at = at.plusSeconds(3)) {
            hits.accept(shop.jumpTo(at.toString().substring(11, 19)), at);
        }
    }

    private static void alive(Timeline shop, String from, String to) {
        every3s(shop, from, to, (at, now) -> at.checkout("eu").pageView("eu"));
    }

    @Test
    void checkoutsStop_whileHitsGoOn_isAnAlert_untilTheyComeBack() {
        try (Timeline shop = Timeline.of(SETTINGS)) {
            alive(shop, "10:00:00", "10:40:00");
            every3s(shop, "10:40:00", "10:45:00", (at, now) -> at.pageView("eu"));
            assertThat(shop.alerts())
                    .extracting(CheckoutAlert::getKind)
                    .startsWith(AlertKind.LEARNING, AlertKind.NO_CHECKOUTS);
            CheckoutAlert raised = shop.alerts().get(1);
            assertThat(raised.getSince()).isBetween(time("10:39:50"), time("10:40:10"));
            assertThat(raised.getActual()).isZero();
            assertThat(raised.getExpected()).isGreaterThan(10);
            alive(shop, "10:45:00", "10:48:00");
            CheckoutAlert over = shop.alerts().get(shop.alerts().size() - 1);
            assertThat(over.getKind()).isEqualTo(AlertKind.RECOVERED);
            assertThat(over.getRecoveredFrom()).isEqualTo(AlertKind.NO_CHECKOUTS);
            assertThat(over.getAsOf()).isBetween(time("10:46:00"), time("10:47:00"));
        }
    }

    @Test
    void allInputStops_isAnAlert_sinceTimeGoesOnWithTheClock() {
        try (Timeline shop = Timeline.of(SETTINGS)) {
            alive(shop, "10:00:00", "10:40:00");
            shop.inputFallsSilent().at("10:43:00");
            assertThat(shop.alerts())
                    .extracting(CheckoutAlert::getKind)
                    .startsWith(AlertKind.LEARNING, AlertKind.NO_INPUT);
        }
    }

    @Test
    void checkoutsOfThePast_thatAreReceivedNow_areSignsOfLife() {
        try (Timeline shop = Timeline.of(SETTINGS)) {
            alive(shop, "10:00:00", "10:40:00");
            every3s(
                    shop,
                    "10:40:00",
                    "10:45:00",
                    (at, now) -> at.hit("eu", "scCheckout", hit -> hit.setTime(now.minusSeconds(300)))
                            .pageView("eu"));
            assertThat(shop.alerts()).extracting(CheckoutAlert::getKind).containsExactly(AlertKind.LEARNING);
        }
    }

    @Test
    void inputThatIsNotReadYet_raisesNothing() {
        try (Timeline shop = Timeline.of(SETTINGS)) {
            alive(shop, "10:00:00", "10:40:00");
            shop.jumpTo("11:00:00").jumpTo("11:30:00");
            assertThat(shop.alerts()).extracting(CheckoutAlert::getKind).containsExactly(AlertKind.LEARNING);
        }
    }
}
