package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Slices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Sums up the checkouts of watched series by the time they were received: see {@link WatchedSeries}. */
final class ReceivedCheckouts {
    private static final Counts ONE = Counts.ofCheckout(1);

    private final Settings.Alerts alerts;
    private final long sliceMs;
    private final Map<Series, TreeMap<Long, SliceCounts>> bySeries = new LinkedHashMap<>();

    ReceivedCheckouts(Settings.Alerts alerts, long sliceMs) {
        this.alerts = alerts;
        this.sliceMs = sliceMs;
    }

    /** A checkout that counts, for its suite's total and for those of its items that are watched. */
    void add(Checkout checkout) {
        if (!alerts.on()) {
            return;
        }
        String suite = checkout.hit().reportSuite();
        long startMs = Slices.floor(checkout.recordTimeMs(), sliceMs);
        add(Series.total(suite), startMs);
        for (DimensionItem one : checkout.hit().dimensionItems()) {
            if (alerts.watches(one.dimension(), one.item())) {
                add(new Series(suite, one.dimension(), one.item()), startMs);
            }
        }
    }

    private void add(Series series, long startMs) {
        bySeries.computeIfAbsent(series, absent -> new TreeMap<>())
                .merge(startMs, new SliceCounts(startMs, ONE, SeriesCounts.NO_CHECKOUT), SliceCounts::plus);
    }

    /** Gives away all sums and starts anew. */
    void drain(BiConsumer<Series, SeriesCounts> next) {
        bySeries.forEach((series, slices) -> next.accept(series, new SeriesCounts(List.copyOf(slices.values()))));
        bySeries.clear();
    }
}
