package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the job has published, against the truth. */
final class PublishedCounts {
    private static final long MINUTE_MS = 60_000;

    private final Settings settings;
    private final PublishedRecords published;

    PublishedCounts(Assignment assignment, Settings settings) {
        this.settings = settings;
        this.published = new PublishedRecords(assignment, settings.registry());
    }

    /** @throws IllegalStateException where a count differs */
    void check(Truth truth) {
        checkFinals(truth);
        checkRolling(truth);
    }

    /** Of every suite and interval, the total is right, and the items of each dimension make up the total. */
    private void checkFinals(Truth truth) {
        Map<String, Truth.Minute> totals = new TreeMap<>();
        Map<String, Long> itemSums = new HashMap<>();
        Map<Long, Long> countedByWidth = new HashMap<>();
        settings.rolling().intervals().forEach(interval -> countedByWidth.put(interval.longestMs(), 0L));
        published.read(settings.topics().intervals(), CheckoutInterval.class, (series, interval) -> {
            long startMs = interval.getStart().toEpochMilli();
            long endMs = interval.getEnd().toEpochMilli();
            String where = series.reportSuite() + " " + interval.getStart() + "/" + interval.getEnd();
            if (!series.isTotal()) {
                itemSums.merge(series.dimension() + " " + where, interval.getCheckouts(), Long::sum);
                return;
            }
            Truth.Minute expected = suite(truth, series).between(startMs, endMs);
            Long hits = interval.getHits();
            Checks.equal("hits of " + where, expected.hits(), hits == null ? -1 : hits);
            Checks.equal("checkouts of " + where, expected.checkouts(), interval.getCheckouts());
            Checks.equal("increments of " + where, expected.increments(), interval.getIncrements());
            if (totals.put(where, expected) != null) {
                throw new IllegalStateException(where + " was published twice");
            }
            countedByWidth.merge(endMs - startMs, interval.getCheckouts(), Long::sum);
        });
        countedByWidth.forEach((width, counted) ->
                Checks.equal("all checkouts in intervals of " + width + " ms", truth.counted(), counted));
        totals.forEach((where, expected) -> {
            for (String dimension : settings.hits().dimensions()) {
                Checks.equal(
                        dimension + " of " + where,
                        expected.checkouts(),
                        itemSums.getOrDefault(dimension + " " + where, 0L));
            }
        });
    }

    /** The last rolling counts of every suite are right, in every window whose bounds the truth knows. */
    private void checkRolling(Truth truth) {
        Map<String, CheckoutMetrics> last = new TreeMap<>();
        published.read(settings.topics().metrics(), CheckoutMetrics.class, (series, metrics) -> {
            if (series.isTotal()) {
                last.put(series.reportSuite(), metrics);
            }
        });
        Checks.equal("report suites", truth.suites().size(), last.size());
        last.forEach((suite, metrics) -> {
            for (WindowMetrics window : metrics.getWindows()) {
                if (isFullMinute(window.getStart()) && isFullMinute(window.getEnd())) {
                    Truth.Minute expected = suite(truth, Series.total(suite))
                            .between(
                                    window.getStart().toEpochMilli(),
                                    window.getEnd().toEpochMilli());
                    Checks.equal(
                            "rolling checkouts of " + suite + " in " + window.getSize(),
                            expected.checkouts(),
                            window.getCheckouts());
                }
            }
        });
    }

    private static boolean isFullMinute(Instant time) {
        return time.toEpochMilli() % MINUTE_MS == 0;
    }

    private static Truth.Suite suite(Truth truth, Series series) {
        Truth.Suite suite = truth.suites().get(series.reportSuite());
        if (suite == null) {
            throw new IllegalStateException("there is no report suite " + series.reportSuite());
        }
        return suite;
    }
}
