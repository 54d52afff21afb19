package io.checkoutmetrics.feed;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a data feed's hit carries in its map of dimensions: {@code eVar1} to {@code eVar250}, and the columns in {@link
 * #FURTHER} under their own names, {@code post_} taken off. Of two columns the one after processing is meant, also
 * where it is empty. Empty values are left out.
 */
final class DimensionColumns {
    static final int EVARS = 250;

    /**
     * Conversion dimensions that Adobe breaks Checkouts down by and that fit a metric: few items, none of them
     * personal.
     * Marketing channels (first and last touch), place, referrer, technology.
     */
    static final List<String> FURTHER = List.of(
            "va_finder_id",
            "va_closer_id",
            "geo_region",
            "geo_city",
            "geo_dma",
            "state",
            "ref_type",
            "ref_domain",
            "search_engine",
            "user_server",
            "channel",
            "browser",
            "os",
            "language",
            "connection_type",
            "new_visit");

    private final Map<String, Integer> positions = new LinkedHashMap<>();

    DimensionColumns(Columns columns) {
        for (int n = 1; n <= EVARS; n++) {
            put("eVar" + n, columns.post("evar" + n));
        }
        for (String name : FURTHER) {
            put(name, columns.post(name));
        }
    }

    Map<String, String> of(Row row) {
        Map<String, String> dimensions = new HashMap<>();
        positions.forEach((name, position) -> {
            String value = row.field(position);
            if (!value.isEmpty()) {
                dimensions.put(name, value);
            }
        });
        return dimensions;
    }

    private void put(String name, int position) {
        if (position != Columns.ABSENT) {
            positions.put(name, position);
        }
    }
}
