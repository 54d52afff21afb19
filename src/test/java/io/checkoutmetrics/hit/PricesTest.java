package io.checkoutmetrics.hit;

import static io.checkoutmetrics.hit.TestHits.hit;
import static io.checkoutmetrics.hit.TestHits.reader;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
    private static final HitRules RULES = HitRules.defaults().withDimensions(List.of("currency"));

    private static long sum(String products) {
        byte[] bytes = products.getBytes(UTF_8);
        return Prices.sum(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\\',
            value = {
                ";shoe;1;59.90 \\ 59900000",
                ";shoe;3;59.90;event1=2;eVar1=x \\ 59900000",
                "x;a;1;1,;b;1;2,;a;1;1 \\ 4000000",
                ";;;7 \\ 7000000",
                ";a;1; 5 ,;b;1;.5,;c;1;5. \\ 10500000",
                ";a;1;0.1234569 \\ 123456",
                ";a;1;0.12345600000000000000000000000000000001 \\ 123456",
                ";a;1;000000000000000000000000000000001 \\ 1000000",
                ";a;1;999999999999.999999 \\ 999999999999999999",
                ";a;1;1000000000000,;b;1;2 \\ 2000000",
                ";a;1;99999999999999999999999999999999999999999,;b;1;2 \\ 2000000",
                ";a;1;9223372036854775807,;b;1;2 \\ 2000000",
                ";a;1;999999999999,;b;1;1,;c;1;5 \\ 0",
                ";a;1;-5,;b;1;+5,;c;1;1e3,;d;1;0x10,;e;1;1.2.3,;f;1;.,;g;1;EUR 5,;h;1;٣ \\ 0",
                ";a;1;1^,5,;b \\ 0",
                ";a,;b;1, \\ 0",
                "5,;5,;;5 \\ 0"
            })
    void pricesOfAllProducts_areAddedUp_andWhatIsNoneAddsNothing(String products, long millionths) {
        assertThat(sum(products)).isEqualTo(millionths);
    }

    @Test
    void longestString_isReadToItsEnd() {
        assertThat(sum(";a;1;0.000001,".repeat(100_000))).isEqualTo(100_000);
        assertThat(sum(";a;1;999999999999,".repeat(100_000))).isZero();
        assertThat(sum("9".repeat(1_000_000))).isZero();
    }

    @Test
    void cartIsLookedAt_onlyIfAskedFor() {
        byte[] bytes = hit("eu", "scCheckout", Map.of("products", ";a;2;10.00", "currency", "EUR"));

        assertThat(((CheckoutHit) reader(RULES).read(bytes, 0)).cartMillionths())
                .isEmpty();
        assertThat(((CheckoutHit) reader(RULES.withCartValue(true)).read(bytes, 0)).cartMillionths())
                .isEqualTo(OptionalLong.of(10_000_000));
        assertThat(((CheckoutHit) reader(RULES.withCartValue(true)).read(hit("eu", "scCheckout"), 0)).cartMillionths())
                .isEqualTo(OptionalLong.of(0));
    }
}
