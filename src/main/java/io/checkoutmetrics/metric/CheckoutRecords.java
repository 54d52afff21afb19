package io.checkoutmetrics.metric;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes down what was counted as the records that are published. */
public final class CheckoutRecords {
    private final List<Window> windows;
    private final boolean withCartValue;

    /**
     * @param windows in the order in which they are published
     * @param withCartValue whether the carts of checkouts are looked at
     */
    public CheckoutRecords(List<Window> windows, boolean withCartValue) {
        this.windows = List.copyOf(windows);
        this.withCartValue = withCartValue;
    }

    /** Whether a window is complete as of then. */
    public boolean completesAWindow(long asOfMs) {
        return windows.stream().anyMatch(window -> window.endAsOf(asOfMs) == asOfMs);
    }

    /**
     * The rolling Checkouts of a series.
     *
     * @param sums one for each window, as of {@code asOfMs}
     * @param visitors one for each window
     * @param lastCheckoutAtMs event time of the newest checkout counted, if any was
     * @param lowTraffic whether items of the dimension were summed up lately
     */
    public CheckoutMetrics rolling(
            Series series,
            List<RollingSum> sums,
            List<Visitors> visitors,
            long asOfMs,
            int revision,
            Status status,
            OptionalLong lastCheckoutAtMs,
            boolean lowTraffic) {
        List<WindowMetrics> metrics = new ArrayList<>(windows.size());
        for (int i = 0; i < windows.size(); i++) {
            metrics.add(window(series, windows.get(i), sums.get(i), visitors.get(i), asOfMs));
        }
        return CheckoutMetrics.newBuilder()
                .setReportSuite(series.reportSuite())
                .setDimension(series.dimension())
                .setItem(series.item())
                .setAsOf(Instant.ofEpochMilli(asOfMs))
                .setRevision(revision)
                .setStatus(status)
                .setLastCheckoutAt(
                        lastCheckoutAtMs.isPresent() ? Instant.ofEpochMilli(lastCheckoutAtMs.getAsLong()) : null)
                .setWindows(metrics)
                .setLowTraffic(lowTraffic)
                .build();
    }

    private WindowMetrics window(Series series, Window window, RollingSum sum, Visitors visitors, long asOfMs) {
        long endMs = window.endAsOf(asOfMs);
        return WindowMetrics.newBuilder()
                .setSize(Duration.ofMillis(window.sizeMs()).toString())
                .setStart(Instant.ofEpochMilli(endMs - window.sizeMs()))
                .setEnd(Instant.ofEpochMilli(endMs))
                .setComplete(endMs == asOfMs)
                .setCheckouts(sum.current().checkouts())
                .setIncrements(sum.current().increments())
                .setPreviousCheckouts(sum.previousCheckouts())
                .setVisitors(visitors.visitors())
                .setVisits(visitors.visits())
                .setHits(hits(series, sum.current()))
                .setCartValue(cartValue(series, sum.current()))
                .build();
    }

    /** The final Checkouts of a series in the interval {@code [startMs, endMs)}. */
    public CheckoutInterval interval(Series series, long startMs, long endMs, Counts counts, Visitors visitors) {
        return CheckoutInterval.newBuilder()
                .setReportSuite(series.reportSuite())
                .setDimension(series.dimension())
                .setItem(series.item())
                .setStart(Instant.ofEpochMilli(startMs))
                .setEnd(Instant.ofEpochMilli(endMs))
                .setCheckouts(counts.checkouts())
                .setIncrements(counts.increments())
                .setVisitors(visitors.visitors())
                .setVisits(visitors.visits())
                .setHits(hits(series, counts))
                .setCartValue(cartValue(series, counts))
                .build();
    }

    /** Known if all carts were looked at: some are of a time when that was not asked for. */
    private @Nullable Double cartValue(Series series, Counts counts) {
        boolean isKnown =
                withCartValue && series.hasCartValue() && counts.cart().checkouts() == counts.checkouts();
        return isKnown ? counts.cart().amount() : null;
    }

    /** Hits belong to a report suite, not to an item. */
    private static @Nullable Long hits(Series series, Counts counts) {
        return series.isTotal() ? counts.hits() : null;
    }
}
