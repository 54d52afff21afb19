package io.checkoutmetrics.hit;

/**
 * Adds up the prices in a products string; see {@link ProductFields}. A price is that of all pieces of its product: Adobe wants the
 * total there, not the price of one.
 *
 * <p>A price is digits, perhaps with a point among them; decimals beyond the sixth are cut off. Anything else adds nothing, and so
 * does a price of 10¹² or more; a cart worth that much is not believed, and 0.
 */
final class Prices {
    /** In millionths. */
    private static final long TOO_MUCH = 1_000_000_000_000_000_000L;

    private static final int DECIMALS = 6;
    private static final int NO_POINT = -1;

    private long sum;

    private Prices() {}

    /** What the products in {@code [from, to)} cost together, in millionths of the currency's unit; from 0 to below 10¹⁸. */
    static long sum(byte[] bytes, int from, int to) {
        Prices prices = new Prices();
        ProductFields.forEach(bytes, from, to, ProductFields.PRICE, prices::add);
        return prices.sum < TOO_MUCH ? prices.sum : 0;
    }

    private boolean add(byte[] bytes, int from, int to) {
        sum += millionths(bytes, from, to);
        return sum < TOO_MUCH;
    }

    private static long millionths(byte[] bytes, int from, int to) {
        long number = 0;
        int decimals = NO_POINT;
        boolean hasDigits = false;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (bytes[i] == '.' && decimals == NO_POINT) {
                decimals = 0;
            } else if (digit < 0 || digit > 9) {
                return 0;
            } else {
                hasDigits = true;
                number = decimals == DECIMALS ? number : withDigit(number, digit);
                decimals += decimals == NO_POINT || decimals == DECIMALS ? 0 : 1;
            }
        }
        for (int i = Math.max(0, decimals); i < DECIMALS; i++) {
            number = withDigit(number, 0);
        }
        return hasDigits && number < TOO_MUCH ? number : 0;
    }

    private static long withDigit(long number, int digit) {
        return number >= TOO_MUCH / 10 ? TOO_MUCH : 10 * number + digit;
    }
}
