package io.checkoutmetrics.window;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What carts were worth, all in one currency. Exact, and as large as it gets.
 *
 * @param checkouts whose carts were looked at
 * @param millionths what these were worth together, in millionths of the currency's unit; 0 of no checkouts
 */
public record CartValue(long checkouts, BigInteger millionths) {
    /** No cart was looked at. */
    public static final CartValue NONE = new CartValue(0, BigInteger.ZERO);

    private static final int DECIMALS = 6;

    /** The cart of one checkout. */
    public static CartValue of(long millionths) {
        return new CartValue(1, BigInteger.valueOf(millionths));
    }

    public CartValue plus(CartValue other) {
        if (other.isNone()) {
            return this;
        }
        return isNone() ? other : new CartValue(checkouts + other.checkouts, millionths.add(other.millionths));
    }

    public CartValue minus(CartValue other) {
        if (other.isNone()) {
            return this;
        }
        return checkouts == other.checkouts
                ? NONE
                : new CartValue(checkouts - other.checkouts, millionths.subtract(other.millionths));
    }

    public boolean isNone() {
        return checkouts == 0;
    }

    /** In the currency's unit: the number next to the exact value. */
    public double amount() {
        return new BigDecimal(millionths, DECIMALS).doubleValue();
    }
}
