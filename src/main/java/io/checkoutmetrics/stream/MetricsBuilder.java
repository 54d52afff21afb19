package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes down the running sums of a series as they are published. */
final class MetricsBuilder {
    private final List<Window> windows;

    MetricsBuilder(List<Window> windows) {
        this.windows = windows;
    }

    CheckoutMetrics of(Series series, RollingSeries sums, long asOfMs, boolean inputIsIdle) {
        long lastCheckoutAtMs = sums.lastCheckoutAtMs();
        return CheckoutMetrics.newBuilder()
                .setReportSuite(series.reportSuite())
                .setDimension(series.dimension())
                .setItem(series.item())
                .setAsOf(Instant.ofEpochMilli(asOfMs))
                .setRevision(sums.revision())
                .setStatus(status(sums, asOfMs, inputIsIdle))
                .setLastCheckoutAt(
                        lastCheckoutAtMs == SeriesCounts.NO_CHECKOUT ? null : Instant.ofEpochMilli(lastCheckoutAtMs))
                .setWindows(windows(series, sums, asOfMs))
                .setLowTraffic(false)
                .build();
    }

    private Status status(RollingSeries sums, long asOfMs, boolean inputIsIdle) {
        if (inputIsIdle) {
            return Status.INPUT_IDLE;
        }
        if (sums.isCorrected()) {
            return Status.CORRECTED;
        }
        return endsAWindow(asOfMs) ? Status.ON_TIME : Status.EARLY;
    }

    /** Whether a window is complete as of then. */
    boolean endsAWindow(long asOfMs) {
        return windows.stream().anyMatch(window -> window.endAsOf(asOfMs) == asOfMs);
    }

    private List<WindowMetrics> windows(Series series, RollingSeries sums, long asOfMs) {
        List<WindowMetrics> metrics = new ArrayList<>(windows.size());
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            RollingSum sum = sums.sum(i);
            long endMs = window.endAsOf(asOfMs);
            metrics.add(WindowMetrics.newBuilder()
                    .setSize(Duration.ofMillis(window.sizeMs()).toString())
                    .setStart(Instant.ofEpochMilli(endMs - window.sizeMs()))
                    .setEnd(Instant.ofEpochMilli(endMs))
                    .setComplete(endMs == asOfMs)
                    .setCheckouts(sum.current().checkouts())
                    .setIncrements(sum.current().increments())
                    .setPreviousCheckouts(sum.previousCheckouts())
                    .setHits(series.isTotal() ? sum.current().hits() : null)
                    .build());
        }
        return metrics;
    }
}
