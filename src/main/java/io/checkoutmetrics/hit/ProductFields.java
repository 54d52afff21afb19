package io.checkoutmetrics.hit;

/**
 * Takes a products string apart.
 *
 * <pre>{@code
 * products := product *( "," product )
 * product  := category ";" name ";" quantity ";" price *( ";" other )
 * }</pre>
 *
 * <p>Fields at the end of a product may be missing. {@code ^} before {@code , ; = ^} makes these part of the field, as in data
 * feeds. Source: Adobe Analytics' documentation of the {@code products} variable and of special characters in data feeds. Time
 * is linear in the string's length.
 */
final class ProductFields {
    /** The hit's field that has such a string. */
    static final String HIT_FIELD = "products";

    static final int CATEGORY = 0;
    static final int NAME = 1;
    static final int PRICE = 3;

    /** Takes one field of a product, and says whether it wants those of further products. */
    interface Taker {
        boolean take(byte[] bytes, int from, int to);
    }

    private ProductFields() {}

    /** Gives one field of each product in {@code [from, to)} that has it, without blanks around it and not empty. */
    static void forEach(byte[] bytes, int from, int to, int wanted, Taker taker) {
        int field = 0;
        int start = from;
        int at = from;
        while (at <= to) {
            if (isEscape(bytes, at, to)) {
                at += 2;
                continue;
            }
            boolean endsProduct = at == to || bytes[at] == ',';
            if (endsProduct || bytes[at] == ';') {
                if (field == wanted && !give(bytes, start, at, taker)) {
                    return;
                }
                field = endsProduct ? 0 : field + 1;
                start = at + 1;
            }
            at++;
        }
    }

    private static boolean give(byte[] bytes, int from, int to, Taker taker) {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        return start == end || taker.take(bytes, start, end);
    }

    /** Whether what comes next is no separator, though it looks like one. */
    static boolean isEscape(byte[] bytes, int at, int to) {
        if (at + 1 >= to || bytes[at] != '^') {
            return false;
        }
        byte next = bytes[at + 1];
        return next == ',' || next == ';' || next == '=' || next == '^';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
