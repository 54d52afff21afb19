package io.checkoutmetrics.subscriber;

import static io.checkoutmetrics.subscriber.Verdict.ALIVE;
import static io.checkoutmetrics.subscriber.Verdict.NOT_KNOWN;
import static io.checkoutmetrics.subscriber.Verdict.NO_CHECKOUTS;
import static io.checkoutmetrics.subscriber.Verdict.NO_TRAFFIC;
import static io.checkoutmetrics.subscriber.Verdict.QUIET;
import static io.checkoutmetrics.terminal.TestMetrics.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.terminal.TestMetrics;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Duration OUTDATED = Duration.ofSeconds(15);

    /** Pairs of checkouts and hits in 1 min, 5 min, 1 h and 24 h. */
    private static TestMetrics shop(long... counts) {
        Duration[] sizes = {Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1)};
        TestMetrics shop = TestMetrics.total("eu");
        for (int i = 0; i < sizes.length; i++) {
            shop.window(sizes[i], counts[2 * i], 0, counts[2 * i + 1]);
        }
        return shop;
    }

    private static CheckoutMetrics since(@Nullable Duration silence, TestMetrics shop) {
        return shop.lastCheckoutAt(silence == null ? null : AS_OF.minus(silence))
                .build();
    }

    private static Verdict first(CheckoutMetrics total) {
        return Verdict.of(total, AS_OF, OUTDATED, NOT_KNOWN, false);
    }

    @Test
    void busyShopWithCheckouts_isAlive() {
        assertThat(first(since(Duration.ofSeconds(2), shop(20, 1_000, 100, 5_000, 1_200, 60_000, 20_000, 1_000_000))))
                .isEqualTo(ALIVE);
    }

    @Test
    void busyShop_whoseHitsWouldHaveMadeTenCheckouts_hasNone() {
        // 2 % of hits are checkouts: 500 hits are 10
        assertThat(first(since(Duration.ofSeconds(60), shop(0, 500, 80, 5_000, 1_200, 60_000, 20_000, 1_000_000))))
                .isEqualTo(NO_CHECKOUTS);
        assertThat(first(since(Duration.ofSeconds(60), shop(0, 499, 80, 5_000, 1_200, 60_000, 20_000, 1_000_000))))
                .isEqualTo(ALIVE);
    }

    @Test
    void silenceIsMeasuredByHitsSinceTheLastCheckout_notByWholeWindows() {
        // 60 an hour; 10 of them in 10 min
        assertThat(first(since(Duration.ofMinutes(10), shop(0, 50, 0, 250, 40, 3_000, 1_440, 72_000))))
                .isEqualTo(NO_CHECKOUTS);
        assertThat(first(since(Duration.ofMinutes(9), shop(0, 50, 0, 250, 40, 3_000, 1_440, 72_000))))
                .isEqualTo(ALIVE);
    }

    @Test
    void smallShopAtNight_isQuiet_howeverLongItTakes() {
        assertThat(first(since(Duration.ofHours(5), shop(0, 0, 0, 1, 0, 12, 30, 1_500))))
                .isEqualTo(QUIET);
        assertThat(first(since(Duration.ofHours(2), shop(0, 0, 0, 0, 0, 0, 2, 90))))
                .isEqualTo(QUIET);
    }

    @Test
    void neverACheckout_isQuiet_sinceItMayBeNoShop() {
        assertThat(first(since(null, shop(0, 1_000, 0, 5_000, 0, 60_000, 0, 1_000_000))))
                .isEqualTo(QUIET);
    }

    @Test
    void wholeDayOfHitsWithoutCheckouts_isSaid() {
        assertThat(first(since(Duration.ofHours(30), shop(0, 1, 0, 2, 0, 30, 0, 700))))
                .isEqualTo(NO_CHECKOUTS);
    }

    @Test
    void noHits_whereManyAreUsual_isNoTraffic() {
        // a tenth of the mean is 10 in 5 min
        assertThat(first(since(Duration.ofMinutes(5), shop(0, 0, 0, 0, 300, 20_000, 600, 28_800))))
                .isEqualTo(NO_TRAFFIC);
        assertThat(first(since(Duration.ofMinutes(5), shop(0, 0, 0, 0, 300, 20_000, 600, 28_700))))
                .isEqualTo(ALIVE);
        assertThat(first(since(Duration.ofHours(26), shop(0, 0, 0, 0, 0, 0, 0, 0))))
                .isEqualTo(NO_TRAFFIC);
    }

    @Test
    void missingCheckouts_stayMissing_untilThereIsOne() {
        CheckoutMetrics calm = since(Duration.ofHours(3), shop(0, 0, 0, 1, 0, 12, 30, 1_500));
        assertThat(Verdict.of(calm, AS_OF, OUTDATED, NO_CHECKOUTS, true)).isEqualTo(NO_CHECKOUTS);
        assertThat(Verdict.of(calm, AS_OF, OUTDATED, NO_CHECKOUTS, false)).isEqualTo(QUIET);
    }

    @Test
    void missingTraffic_staysMissing_untilThereIsAHit() {
        CheckoutMetrics silent = since(Duration.ofHours(3), shop(0, 0, 0, 0, 0, 0, 2, 90));
        CheckoutMetrics back = since(Duration.ofHours(3), shop(0, 1, 0, 1, 0, 1, 2, 90));
        assertThat(Verdict.of(silent, AS_OF, OUTDATED, NO_TRAFFIC, true)).isEqualTo(NO_TRAFFIC);
        assertThat(Verdict.of(back, AS_OF, OUTDATED, NO_TRAFFIC, true)).isEqualTo(QUIET);
    }

    @Test
    void oldOrStalledRecords_tellNothingOfNow() {
        TestMetrics busy = shop(20, 1_000, 100, 5_000, 1_200, 60_000, 20_000, 1_000_000);
        Instant later = AS_OF.plus(OUTDATED);
        assertThat(Verdict.of(busy.build(), later, OUTDATED, ALIVE, true)).isEqualTo(ALIVE);
        assertThat(Verdict.of(busy.build(), later.plusMillis(1), OUTDATED, ALIVE, true))
                .isEqualTo(NOT_KNOWN);
        assertThat(first(busy.status(Status.STALLED).build())).isEqualTo(NOT_KNOWN);
    }
}
