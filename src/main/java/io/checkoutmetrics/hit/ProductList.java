package io.checkoutmetrics.hit;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the different products, or their different categories, in a products string.
 *
 * <pre>{@code
 * products := product *( "," product )
 * product  := category ";" name *( ";" other )
 * }</pre>
 *
 * <p>{@code ^} before {@code , ; = ^} makes these part of the name, as in data feeds. ASCII space and tab around a name are
 * ignored, and so are names that are empty. Source: Adobe Analytics' documentation of the {@code products} variable and of
 * special characters in data feeds.
 *
 * <p>Time is linear in the string's length. Immutable.
 */
final class ProductList {
    /** The hit's field that has such a string. */
    static final String FIELD = "products";

    /** So many different ones count one by one; all others of a checkout are {@link CheckoutHit#MORE}. */
    static final int MOST = 100;

    private static final ProductList CATEGORIES = new ProductList(0);
    private static final ProductList PRODUCTS = new ProductList(1);

    /** Which field of each product is read. */
    private final int wanted;

    private ProductList(int wanted) {
        this.wanted = wanted;
    }

    /** What finds the items of a dimension; null where it is not about products. */
    static @Nullable ProductList of(String dimension) {
        return switch (dimension) {
            case "category" -> CATEGORIES;
            case "product" -> PRODUCTS;
            default -> null;
        };
    }

    /** The different names in {@code [from, to)}, in order, each as {@link Utf8#kept} has it; none where all are empty. */
    Set<String> read(byte[] bytes, int from, int to) {
        Set<String> names = new LinkedHashSet<>();
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
                String name = field == wanted ? name(bytes, start, at) : null;
                if (name != null && names.size() == MOST && !names.contains(name)) {
                    names.add(CheckoutHit.MORE);
                    return names;
                }
                if (name != null) {
                    names.add(name);
                }
                field = endsProduct ? 0 : field + 1;
                start = at + 1;
            }
            at++;
        }
        return names;
    }

    private static boolean isEscape(byte[] bytes, int at, int to) {
        if (at + 1 >= to || bytes[at] != '^') {
            return false;
        }
        byte next = bytes[at + 1];
        return next == ',' || next == ';' || next == '=' || next == '^';
    }

    private static @Nullable String name(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        if (start == end) {
            return null;
        }
        if (!Utf8.isValid(bytes, start, end)) {
            return CheckoutHit.INVALID;
        }
        byte[] name = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            i += isEscape(bytes, i, end) ? 1 : 0;
            name[length++] = bytes[i];
        }
        return Utf8.kept(name, 0, length);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
