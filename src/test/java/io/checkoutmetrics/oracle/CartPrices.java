package io.checkoutmetrics.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;

/** What the products of a checkout cost together: the fourth field of each is the price of all its pieces. */
final class CartPrices {
    private static final Pattern PRICE = Pattern.compile("[0-9]+\\.?[0-9]*|\\.[0-9]+");
    private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(12);
    private static final int PLACE = 3;

    private CartPrices() {}

    /** Whether amounts of that item can be added up at all. */
    static boolean haveSum(String dimension, String item) {
        return dimension.equals("currency") && !item.startsWith("(");
    }

    /** The sum; what is no price adds nothing, and a sum beyond belief is none. */
    static BigDecimal of(String products) {
        BigDecimal sum = BigDecimal.ZERO;
        for (List<String> fields : ProductNames.taken(products)) {
            sum = sum.add(price(fields.size() > PLACE ? fields.get(PLACE) : ""));
        }
        return sum.compareTo(TOO_MUCH) < 0 ? sum : BigDecimal.ZERO;
    }

    private static BigDecimal price(String text) {
        if (!PRICE.matcher(text).matches()) {
            return BigDecimal.ZERO;
        }
        BigDecimal price = new BigDecimal(text).setScale(6, RoundingMode.DOWN);
        return price.compareTo(TOO_MUCH) < 0 ? price : BigDecimal.ZERO;
    }
}
