package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.subscriber.Alarms;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest record of every series, as a watcher knows them. Meant for one thread. */
public final class LatestMetrics {
    /** The name of an item and its checkouts in some window. */
    record Item(String name, long checkouts) {}

    private final Map<Series, CheckoutAlert> alerts = new HashMap<>();
    private final Map<String, CheckoutMetrics> totals = new TreeMap<>();
    private final Map<String, Map<String, Map<String, CheckoutMetrics>>> items = new TreeMap<>();

    /** Takes a record of a series, null when the series is gone. */
    public void put(Series series, @Nullable CheckoutMetrics metrics) {
        Map<String, CheckoutMetrics> among = series.isTotal()
                ? totals
                : items.computeIfAbsent(series.reportSuite(), suite -> new TreeMap<>())
                        .computeIfAbsent(series.dimension(), dimension -> new TreeMap<>());
        if (metrics == null) {
            among.remove(series.isTotal() ? series.reportSuite() : series.item());
        } else {
            among.put(series.isTotal() ? series.reportSuite() : series.item(), metrics);
        }
    }

    /** Takes the newest alert of a series, null when it is watched no more. */
    public void putAlert(Series series, @Nullable CheckoutAlert alert) {
        if (alert == null) {
            alerts.remove(series);
        } else {
            alerts.put(series, alert);
        }
    }

    /** The newest alert of a report suite's total; null if there is none. */
    @Nullable
    CheckoutAlert alert(String reportSuite) {
        return alerts.get(Series.total(reportSuite));
    }

    /** The alerts that last, newest first. */
    public List<CheckoutAlert> alarms() {
        return alerts.values().stream()
                .filter(Alarms::lasts)
                .sorted(Comparator.comparing(CheckoutAlert::getSince).reversed())
                .toList();
    }

    /** Totals of the report suites, by name. */
    public Collection<CheckoutMetrics> totals() {
        return Collections.unmodifiableCollection(totals.values());
    }

    /** The dimensions a report suite is broken down by, in alphabetical order. */
    List<String> dimensions(String reportSuite) {
        return List.copyOf(items.getOrDefault(reportSuite, Map.of()).keySet());
    }

    /** The items with most checkouts in the window of that size, most first; those with none are left out. */
    List<Item> top(String reportSuite, String dimension, String windowSize, int most) {
        return items.getOrDefault(reportSuite, Map.of()).getOrDefault(dimension, Map.of()).entrySet().stream()
                .map(entry -> new Item(entry.getKey(), checkouts(entry.getValue(), windowSize)))
                .filter(item -> item.checkouts() > 0)
                .sorted(Comparator.comparingLong(Item::checkouts).reversed().thenComparing(Item::name))
                .limit(most)
                .toList();
    }

    private static long checkouts(CheckoutMetrics metrics, String windowSize) {
        for (WindowMetrics window : metrics.getWindows()) {
            if (window.getSize().equals(windowSize)) {
                return window.getCheckouts();
            }
        }
        return 0;
    }
}
