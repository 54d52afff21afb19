package io.checkoutmetrics.metric;

/**
 * What is counted apart: a report suite's total, or one item of one dimension in a report suite. Countries {@code fr}
 * and {@code de} of suite {@code eu} are two series beside the total of {@code eu}.
 *
 * @param reportSuite not empty
 * @param dimension empty for the total
 * @param item empty for the total
 */
public record Series(String reportSuite, String dimension, String item) {
    /** Item that others are summed up under where a dimension has too many. */
    public static final String LOW_TRAFFIC = "(low traffic)";

    private static final String CURRENCY = "currency";

    public Series {
        if (reportSuite.isEmpty()) {
            throw new IllegalArgumentException("a series needs a report suite");
        }
        if (dimension.isEmpty() && !item.isEmpty()) {
            throw new IllegalArgumentException("an item needs a dimension");
        }
    }

    public static Series total(String reportSuite) {
        return new Series(reportSuite, "", "");
    }

    /**
     * Whether its carts add up: those of one currency do. What stands for none, for several, or for what is no text is in
     * parentheses.
     */
    public boolean hasCartValue() {
        return dimension.equals(CURRENCY) && !item.startsWith("(");
    }

    public boolean isTotal() {
        return dimension.isEmpty();
    }
}
