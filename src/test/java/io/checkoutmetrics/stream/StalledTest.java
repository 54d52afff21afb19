package io.checkoutmetrics.stream;

import static io.checkoutmetrics.stream.Timeline.time;
import static io.checkoutmetrics.stream.Timeline.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What subscribers are told while a partition can neither be read nor is known to be quiet. */
class StalledTest {
    @Test
    void timeThatStandsStill_isToldAsStalled_asOfTheMomentItStoodStill_againAndAgain() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=", "stall.timeout=15s", "publish.alive=5s")) {
            shop.at("10:00:10").checkout("eu");
            shop.at("10:00:15").pageView("eu");
            shop.at("10:00:20");
            assertThat(stalled(shop)).isEmpty();
            shop.at("10:01:00");
            List<CheckoutMetrics> stalled = stalled(shop);
            assertThat(stalled).hasSizeBetween(6, 8).allSatisfy(one -> {
                assertThat(one.getAsOf()).isEqualTo(time("10:00:14.800"));
                assertThat(window("PT1M", one).getCheckouts()).isEqualTo(1);
            });
            assertThat(stalled)
                    .extracting(CheckoutMetrics::getRevision)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void asSoonAsTimeMoves_nothingIsStalledAnyMore() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=", "stall.timeout=15s")) {
            shop.at("10:00:10").checkout("eu");
            shop.at("10:00:15").pageView("eu");
            shop.at("10:00:40");
            assertThat(shop.latest("eu").getStatus()).isEqualTo(Status.STALLED);
            shop.pageView("eu").at("10:00:41");
            assertThat(shop.latest("eu").getStatus()).isIn(Status.EARLY, Status.ON_TIME);
            assertThat(shop.latest("eu").getAsOf()).isAfter(time("10:00:39"));
            shop.pageView("eu");
            shop.at("10:00:42");
            assertThat(shop.progress().slowest())
                    .hasValueSatisfying(
                            standing -> assertThat(standing.stoodStillForMs()).isLessThan(2_000));
        }
    }

    @Test
    void quietPartition_isNotStalled_howeverLongItIsQuiet() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=", "stall.timeout=15s")) {
            shop.at("10:00:10").checkout("eu");
            shop.inputFallsSilent().at("10:20:00");
            assertThat(stalled(shop)).isEmpty();
            assertThat(shop.latest("eu").getStatus()).isEqualTo(Status.INPUT_IDLE);
        }
    }

    @Test
    void progress_namesThePartitionThatHoldsTime_andForHowLong() {
        try (Timeline shop = Timeline.of("windows=1m/1s", "dimensions=")) {
            shop.at("10:00:10").checkout("eu");
            shop.at("10:00:40");
            assertThat(shop.progress().slowest()).hasValueSatisfying(standing -> {
                assertThat(standing.slowest()).isZero();
                assertThat(standing.stoodStillForMs()).isBetween(28_000L, 30_000L);
            });
        }
    }

    private static List<CheckoutMetrics> stalled(Timeline shop) {
        return shop.history("eu").stream()
                .filter(one -> one.getStatus() == Status.STALLED)
                .toList();
    }
}
