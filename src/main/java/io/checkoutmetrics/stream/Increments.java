package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
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

    private static final Counts ONE = Counts.ofCheckout(1);

    private final long sliceMs;
    private final Map<Series, TreeMap<Long, SeriesCounts.SliceCounts>> bySeries = new LinkedHashMap<>();

    private final Map<Series, TreeMap<Long, SeriesCounts.SliceCounts>> received = new LinkedHashMap<>();
    private final Settings.Alerts alerts;

    /** @param alerts which series are also summed up by the time that checkouts were received */
    Increments(long sliceMs, Settings.Alerts alerts) {
        this.sliceMs = sliceMs;
        this.alerts = alerts;
    }

    /** One checkout of so many increments: for its suite's total, and for its item of each dimension. */
    void add(Checkout checkout, long increments) {
        String suite = checkout.hit().reportSuite();
        Counts counts = Counts.ofCheckout(increments);
        Series total = Series.total(suite);
        add(bySeries, total, checkout.eventTimeMs(), counts);
        if (alerts.on()) {
            add(received, total, checkout.recordTimeMs(), ONE);
        }
        List<String> dimensions = checkout.dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            String item = checkout.hit().dimensionItems().get(i);
            Series series = new Series(suite, dimensions.get(i), item);
            add(bySeries, series, checkout.eventTimeMs(), counts);
            if (alerts.on() && alerts.watches(series.dimension(), item)) {
                add(received, series, checkout.recordTimeMs(), ONE);
            }
        }
    }

    private void add(
            Map<Series, TreeMap<Long, SeriesCounts.SliceCounts>> sums, Series series, long timeMs, Counts counts) {
        long startMs = Slices.floor(timeMs, sliceMs);
        sums.computeIfAbsent(series, absent -> new TreeMap<>())
                .merge(startMs, new SeriesCounts.SliceCounts(startMs, counts, timeMs), SeriesCounts.SliceCounts::plus);
    }

    int seriesCount() {
        return bySeries.size();
    }

    /** Gives away all sums, by when checkouts happened, and starts anew. */
    void drain(BiConsumer<Series, SeriesCounts> next) {
        drain(bySeries, next);
    }

    /** Gives away the sums by the time received. */
    void drainReceived(BiConsumer<Series, SeriesCounts> next) {
        drain(received, next);
    }

    private static void drain(
            Map<Series, TreeMap<Long, SeriesCounts.SliceCounts>> sums, BiConsumer<Series, SeriesCounts> next) {
        sums.forEach((series, slices) -> {
            List<SeriesCounts.SliceCounts> all = List.copyOf(slices.values());
            for (int from = 0; from < all.size(); from += MOST_SLICES) {
                next.accept(series, new SeriesCounts(all.subList(from, Math.min(all.size(), from + MOST_SLICES))));
            }
        });
        sums.clear();
    }
}
