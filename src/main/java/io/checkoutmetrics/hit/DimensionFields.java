package io.checkoutmetrics.hit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions that checkouts are broken down by, and where the writer has them. What the writer lacks is {@link
 * CheckoutHit#NONE} in every hit. Immutable.
 */
final class DimensionFields {
    private static final int NO_ENTRY = -1;
    private static final @Nullable String[] NO_ENTRIES = {};

    private final List<Source> sources = new ArrayList<>();
    private final @Nullable FieldAt<DimensionMap> map;

    /**
     * Where the items of a dimension are.
     *
     * @param field of the hit; null where the writer lacks it, or the map has them
     * @param entry which of the wanted entries of the map, or {@link #NO_ENTRY}
     * @param products what finds them in the field; null where the whole field is the item
     */
    private record Source(
            String dimension,
            @Nullable FieldAt<TextField> field,
            int entry,
            @Nullable ProductList products) {}

    DimensionFields(WriterFields writer, HitRules rules) throws UnusableSchemaException {
        List<String> entries = new ArrayList<>();
        for (String dimension : rules.dimensions()) {
            String field = rules.fieldOf(dimension);
            if (dimension.startsWith(HitRules.MAP_PREFIX) && field.equals(HitRules.MAP)) {
                sources.add(new Source(dimension, null, entries.size(), null));
                entries.add(dimension.substring(HitRules.MAP_PREFIX.length()));
            } else if (field.equals(dimension)) {
                sources.add(new Source(dimension, FieldAt.find(writer, field, TextField::ofAny), NO_ENTRY, null));
            } else {
                FieldAt<TextField> products = FieldAt.find(writer, field, TextField::ofText);
                sources.add(new Source(dimension, products, NO_ENTRY, ProductList.of(dimension)));
            }
        }
        map = entries.isEmpty()
                ? null
                : FieldAt.find(writer, HitRules.MAP, (ourName, field) -> DimensionMap.of(ourName, field, entries));
    }

    /**
     * The items of one checkout, dimension by dimension; each dimension has one at least, and each of its items once.
     *
     * @param starts where each of the writer's fields starts
     */
    List<DimensionItem> read(AvroCursor in, int[] starts) {
        List<DimensionItem> items = new ArrayList<>(sources.size());
        @Nullable
        String[] entries = map == null ? NO_ENTRIES : map.in(in, starts).read(in);
        for (Source source : sources) {
            if (source.products != null && source.field != null) {
                addProducts(
                        source.dimension,
                        source.products,
                        source.field.in(in, starts).slice(in),
                        in,
                        items);
            } else if (source.field != null) {
                add(source.dimension, source.field.in(in, starts).item(in), items);
            } else {
                add(
                        source.dimension,
                        source.entry < entries.length && source.entry >= 0 ? entries[source.entry] : null,
                        items);
            }
        }
        return items;
    }

    private static void addProducts(
            String dimension, ProductList products, long slice, AvroCursor in, List<DimensionItem> items) {
        Set<String> names = products.read(in.bytes(), TextField.from(slice), TextField.to(slice));
        if (names.isEmpty()) {
            add(dimension, null, items);
        }
        for (String name : names) {
            add(dimension, name, items);
        }
    }

    private static void add(String dimension, @Nullable String item, List<DimensionItem> items) {
        items.add(new DimensionItem(dimension, item == null ? CheckoutHit.NONE : item));
    }
}
