package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.metric.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up records of the output topic, as of {@link #AS_OF}. */
public final class TestMetrics {
    public static final Instant AS_OF = Instant.parse("2026-01-05T10:00:00Z");

    private final Series series;
    private final List<WindowMetrics> windows = new ArrayList<>();
    private Status status = Status.EARLY;
    private @Nullable Instant lastCheckoutAt = AS_OF.minusSeconds(2);
    private Instant asOf = AS_OF;

    private TestMetrics(Series series) {
        this.series = series;
    }

    public static TestMetrics of(Series series) {
        return new TestMetrics(series);
    }

    public static TestMetrics total(String suite) {
        return of(Series.total(suite));
    }

    public static TestMetrics item(String suite, String dimension, String item) {
        return of(new Series(suite, dimension, item));
    }

    public TestMetrics window(Duration size, long checkouts, long previous, @Nullable Long hits) {
        return window(WindowMetrics.newBuilder()
                .setSize(size.toString())
                .setStart(AS_OF.minus(size))
                .setEnd(AS_OF)
                .setComplete(true)
                .setCheckouts(checkouts)
                .setIncrements(checkouts)
                .setPreviousCheckouts(previous)
                .setHits(hits)
                .build());
    }

    public TestMetrics window(WindowMetrics window) {
        windows.add(window);
        return this;
    }

    public TestMetrics status(Status wanted) {
        status = wanted;
        return this;
    }

    public TestMetrics asOf(Instant wanted) {
        asOf = wanted;
        return this;
    }

    public TestMetrics lastCheckoutAt(@Nullable Instant wanted) {
        lastCheckoutAt = wanted;
        return this;
    }

    public CheckoutMetrics build() {
        return CheckoutMetrics.newBuilder()
                .setReportSuite(series.reportSuite())
                .setDimension(series.dimension())
                .setItem(series.item())
                .setAsOf(asOf)
                .setRevision(0)
                .setStatus(status)
                .setLastCheckoutAt(lastCheckoutAt)
                .setWindows(List.copyOf(windows))
                .setLowTraffic(false)
                .build();
    }

    void into(LatestMetrics latest) {
        latest.put(series, build());
    }
}
