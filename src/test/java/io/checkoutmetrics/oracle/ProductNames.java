package io.checkoutmetrics.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names in a products string: {@code category;product;...,category;product;...}. A {@code ^} before one of {@code , ; = ^}
 * takes its meaning away. Blanks around a name, empty names and repeated ones do not count.
 */
final class ProductNames {
    /** How many of a checkout's products count one by one, and what the others are. */
    private static final int MOST = 100;

    private static final String OTHERS = "(more)";

    private ProductNames() {}

    /** Whether a dimension is one of those that a checkout may have several items of. */
    static boolean has(String dimension) {
        return dimension.equals("product") || dimension.equals("category");
    }

    /** The items of one of the two dimensions. */
    static List<String> of(String products, String dimension) {
        int place = dimension.equals("category") ? 0 : 1;
        List<String> names = taken(products).stream()
                .filter(fields -> fields.size() > place)
                .map(fields -> fields.get(place))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return List.of(Arrival.NO_ITEM);
        }
        return names.size() <= MOST
                ? names
                : Stream.concat(names.stream().limit(MOST), Stream.of(OTHERS)).toList();
    }

    /** The fields of each product. */
    static List<List<String>> taken(String products) {
        List<List<String>> all = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isLiteral = false;
        for (char c : products.toCharArray()) {
            if (!isLiteral && (c == ';' || c == ',')) {
                fields.add(name(field));
                field.setLength(0);
                if (c == ',') {
                    all.add(fields);
                    fields = new ArrayList<>();
                }
                continue;
            }
            if (isLiteral && ",;=^".indexOf(c) >= 0) {
                field.setLength(field.length() - 1);
                isLiteral = false;
            } else {
                isLiteral = c == '^';
            }
            field.append(c);
        }
        fields.add(name(field));
        all.add(fields);
        return all;
    }

    private static String name(CharSequence field) {
        return field.toString().replaceAll("^[ \\t]+", "").replaceAll("[ \\t]+$", "");
    }
}
