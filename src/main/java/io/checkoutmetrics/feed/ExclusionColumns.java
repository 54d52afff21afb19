package io.checkoutmetrics.feed;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a data feed says that a hit must not be counted: {@code exclude_hit} ≠ 0, {@code customer_perspective} ≠ 0,
 * {@code hit_source} 5, 7, 8 or 9, {@code duplicate_purchase} = 1 (Adobe, "Calculate metrics using data feeds"). A
 * column that is missing or empty excludes nothing.
 */
final class ExclusionColumns {
    private static final Set<String> EXCLUDED_SOURCES = Set.of("5", "7", "8", "9");

    private final int excludeHit;
    private final int customerPerspective;
    private final int hitSource;
    private final int duplicatePurchase;

    ExclusionColumns(Columns columns) {
        excludeHit = columns.first("exclude_hit");
        customerPerspective = columns.first("customer_perspective");
        hitSource = columns.first("hit_source");
        duplicatePurchase = columns.first("duplicate_purchase");
    }

    /** {@code column=value} of the first column that excludes the hit; null: it counts. */
    @Nullable
    String reason(Row row) {
        String exclude = row.field(excludeHit).strip();
        if (isSet(exclude)) {
            return "exclude_hit=" + exclude;
        }
        String perspective = row.field(customerPerspective).strip();
        if (isSet(perspective)) {
            return "customer_perspective=" + perspective;
        }
        String source = row.field(hitSource).strip();
        if (EXCLUDED_SOURCES.contains(source)) {
            return "hit_source=" + source;
        }
        String duplicate = row.field(duplicatePurchase).strip();
        return duplicate.equals("1") ? "duplicate_purchase=1" : null;
    }

    private static boolean isSet(String flag) {
        return !flag.isEmpty() && !flag.equals("0");
    }
}
