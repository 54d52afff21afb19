package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Slices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Sums up what checkouts add to each series, so that a busy series costs one record for many checkouts. */
final class Increments {
    /** In one record: some tens of kilobytes at most. */
    private static final int MOST_SLICES = 1_000;

    private final long sliceMs;
    private final Map<Series, TreeMap<Long, SeriesCounts.SliceCounts>> bySeries = new LinkedHashMap<>();

    Increments(long sliceMs) {
        this.sliceMs = sliceMs;
    }

    /** One checkout of so many increments: for its suite's total, and for its item of each dimension. */
    void add(Checkout checkout, long increments) {
        String suite = checkout.hit().reportSuite();
        Counts counts = Counts.ofCheckout(increments);
        add(Series.total(suite), checkout.eventTimeMs(), counts);
        List<String> dimensions = checkout.dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            String item = checkout.hit().dimensionItems().get(i);
            add(new Series(suite, dimensions.get(i), item), checkout.eventTimeMs(), counts);
        }
    }

    private void add(Series series, long eventMs, Counts counts) {
        long startMs = Slices.floor(eventMs, sliceMs);
        bySeries.computeIfAbsent(series, absent -> new TreeMap<>())
                .merge(startMs, new SeriesCounts.SliceCounts(startMs, counts, eventMs), SeriesCounts.SliceCounts::plus);
    }

    int seriesCount() {
        return bySeries.size();
    }

    /** Gives away all sums and starts anew. */
    void drain(BiConsumer<Series, SeriesCounts> next) {
        bySeries.forEach((series, slices) -> {
            List<SeriesCounts.SliceCounts> all = List.copyOf(slices.values());
            for (int from = 0; from < all.size(); from += MOST_SLICES) {
                next.accept(series, new SeriesCounts(all.subList(from, Math.min(all.size(), from + MOST_SLICES))));
            }
        });
        bySeries.clear();
    }
}
