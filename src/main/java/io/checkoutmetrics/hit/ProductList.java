package io.checkoutmetrics.hit;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the different products, or their different categories, in a products string; see {@link ProductFields}. Immutable. */
final class ProductList {
    /** So many different ones count one by one; all others of a checkout are {@link CheckoutHit#MORE}. */
    static final int MOST = 100;

    private static final ProductList CATEGORIES = new ProductList(ProductFields.CATEGORY);
    private static final ProductList PRODUCTS = new ProductList(ProductFields.NAME);

    private final int field;

    private ProductList(int field) {
        this.field = field;
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
        ProductFields.forEach(bytes, from, to, field, (in, start, end) -> {
            String name = name(in, start, end);
            if (names.size() == MOST && !names.contains(name)) {
                names.add(CheckoutHit.MORE);
                return false;
            }
            names.add(name);
            return true;
        });
        return names;
    }

    private static String name(byte[] bytes, int from, int to) {
        if (!Utf8.isValid(bytes, from, to)) {
            return CheckoutHit.INVALID;
        }
        byte[] name = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            i += ProductFields.isEscape(bytes, i, to) ? 1 : 0;
            name[length++] = bytes[i];
        }
        return Utf8.kept(name, 0, length);
    }
}
