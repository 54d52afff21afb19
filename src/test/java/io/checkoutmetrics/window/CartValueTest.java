package io.checkoutmetrics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class CartValueTest {
    @Test
    void whatCameAndWent_leavesNothing_howeverMuchItWas() {
        CartValue most = CartValue.of(Long.MAX_VALUE);
        CartValue sum = CartValue.NONE;
        for (int i = 0; i < 5; i++) {
            sum = sum.plus(most);
        }
        assertThat(sum.millionths())
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(5)));
        for (int i = 0; i < 4; i++) {
            sum = sum.minus(most);
        }
        assertThat(sum).isEqualTo(most);
        assertThat(sum.minus(most)).isEqualTo(CartValue.NONE);
    }

    @Test
    void amounts_areExactSums() {
        CartValue tenth = CartValue.of(100_000);
        CartValue sum = CartValue.NONE;
        for (int i = 0; i < 10; i++) {
            sum = sum.plus(tenth);
        }
        assertThat(sum).isEqualTo(new CartValue(10, BigInteger.valueOf(1_000_000)));
        assertThat(sum.amount()).isEqualTo(1.0);
        assertThat(sum.minus(CartValue.NONE)).isEqualTo(sum);
    }

    @Test
    void freeCart_isNoMissingOne() {
        assertThat(CartValue.of(0).isNone()).isFalse();
        assertThat(CartValue.of(0).amount()).isZero();
    }
}
