package io.checkoutmetrics.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.window.CartValue;
import io.checkoutmetrics.window.Counts;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckoutRecordsTest {
    private static final Series EUROS = new Series("eu", "currency", "EUR");

    private static @Nullable Double value(Series series, Counts counts) {
        return new CheckoutRecords(List.of(), true)
                .interval(series, 0, 60_000, counts, Visitors.UNKNOWN)
                .getCartValue();
    }

    private static Counts counts(long checkouts, long looked, String millionths) {
        return new Counts(checkouts, checkouts, 0, new CartValue(looked, new BigInteger(millionths)));
    }

    @Test
    void cartValue_isKnown_onceAllCheckoutsCameSinceItWasAskedFor() {
        assertThat(value(EUROS, counts(3, 2, "5000000"))).isNull();
        assertThat(value(EUROS, counts(3, 3, "5000000"))).isEqualTo(5);
        assertThat(value(EUROS, Counts.NONE)).isZero();
        assertThat(new CheckoutRecords(List.of(), false)
                        .interval(EUROS, 0, 60_000, counts(3, 3, "5"), Visitors.UNKNOWN)
                        .getCartValue())
                .isNull();
    }

    @Test
    void cartValue_isTheNumberNextToTheSum_howeverLargeItIs() {
        assertThat(value(EUROS, counts(1, 1, "100000"))).isEqualTo(0.1);
        assertThat(value(EUROS, counts(1, 1, "999999999999999999"))).isEqualTo(999999999999.999999);
        assertThat(value(EUROS, counts(1, 1, "1" + "0".repeat(40)))).isEqualTo(1e34);
    }

    @Test
    void whatMayBeSeveralCurrencies_hasNoValue() {
        for (String item : List.of("(none)", "(invalid)", "(low traffic)")) {
            assertThat(value(new Series("eu", "currency", item), counts(1, 1, "5")))
                    .isNull();
        }
        assertThat(value(new Series("eu", "country", "fr"), counts(1, 1, "5"))).isNull();
        assertThat(value(Series.total("eu"), counts(1, 1, "5"))).isNull();
    }
}
