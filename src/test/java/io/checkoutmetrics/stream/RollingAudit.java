package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.oracle.SummedUp;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber to the rolling Checkouts of one run who counts everything again. As of a moment T, a window holds at
 * least what was received before T, and at most all that happened in it by the end of T's slice: partitions may be
 * ahead of each other, and a slow stage tells of T when more has come. With one partition and no such stage every number
 * of checkouts is exact: what was received before the moment that time moved to when it came to T.
 */
final class RollingAudit {
    private final List<Window> windows;
    private final long sliceMs;
    private final RollingRecount recount;
    private final boolean withVisitors;
    private final boolean withCart;
    private final @Nullable TreeSet<Long> movesMs;
    private final Map<Bytes, Series> keys = new HashMap<>();
    private final Map<Series, CheckoutMetrics> last = new HashMap<>();
    private final Map<Series, CheckoutMetrics> known = new HashMap<>();
    private final Set<List<String>> summedUp;
    private final List<String> differences = new ArrayList<>();

    /** @param movesMs of a run where nothing is ever ahead, all the moments that time moved to; else null */
    RollingAudit(SimulatedTimeline timeline, RollingRecount recount, @Nullable Set<Long> movesMs) {
        this.windows = timeline.settings().rolling().windows();
        this.sliceMs = timeline.settings().rolling().sliceMs();
        this.recount = recount;
        this.summedUp = timeline.summedUp().dimensions();
        this.withVisitors = timeline.settings().visitors();
        this.withCart = timeline.settings().hits().cartValue();
        this.movesMs = movesMs == null ? null : new TreeSet<>(movesMs);
    }

    /** Takes the next record, in the order of its partition; null: the series is gone. */
    void take(byte[] key, @Nullable CheckoutMetrics metrics) {
        Series series = keys.computeIfAbsent(Bytes.wrap(key), read -> SeriesKey.parse(read.get()));
        if (metrics == null) {
            known.remove(series);
            return;
        }
        if (!series.equals(seriesOf(metrics))) {
            differences.add("wrong key: " + series + " of " + metrics);
        }
        CheckoutMetrics knownBefore = known.put(series, metrics);
        if (!hasRevisionAfter(metrics, knownBefore)) {
            differences.add("wrong revision: " + metrics + " after " + knownBefore);
        }
        CheckoutMetrics before = last.put(series, metrics);
        if (before != null && !isAfter(metrics, before)) {
            differences.add("(asOf, revision) does not increase: " + metrics + " after " + before);
        }
        checkLowTraffic(metrics);
        for (int i = 0; i < windows.size(); i++) {
            if (!isSummedUp(series)) {
                checkWindow(
                        series, metrics, windows.get(i), metrics.getWindows().get(i));
            }
        }
    }

    private boolean isSummedUp(Series series) {
        return summedUp.contains(List.of(series.reportSuite(), series.dimension()));
    }

    /** The flag is there where items were summed up, and nowhere else. */
    private void checkLowTraffic(CheckoutMetrics metrics) {
        boolean must = metrics.getItem().equals(SummedUp.ITEM)
                && metrics.getWindows().stream().anyMatch(window -> window.getCheckouts() > 0);
        boolean may = isSummedUp(seriesOf(metrics));
        if (metrics.getLowTraffic() ? !may : must) {
            differences.add("lowTraffic must be " + !metrics.getLowTraffic() + " in " + metrics);
        }
    }

    private static Series seriesOf(CheckoutMetrics metrics) {
        return new Series(metrics.getReportSuite(), metrics.getDimension(), metrics.getItem());
    }

    private static boolean isAfter(CheckoutMetrics metrics, CheckoutMetrics before) {
        int order = metrics.getAsOf().compareTo(before.getAsOf());
        return order > 0 || order == 0 && metrics.getRevision() > before.getRevision();
    }

    /** Every correction is told as one, unless input is idle or time stands still, which is told instead. */
    private static boolean hasRevisionAfter(CheckoutMetrics metrics, @Nullable CheckoutMetrics before) {
        int corrections = metrics.getRevision() - (before == null ? 0 : before.getRevision());
        return switch (metrics.getStatus()) {
            case CORRECTED -> corrections == 1;
            case INPUT_IDLE, STALLED -> corrections == 0 || corrections == 1;
            default -> corrections == 0;
        };
    }

    /** Hits are handed on before time moves: even then, some may be ahead within their slice. */
    private void checkWindow(Series series, CheckoutMetrics metrics, Window window, WindowMetrics published) {
        long asOfMs = metrics.getAsOf().toEpochMilli();
        long endMs = published.getEnd().toEpochMilli();
        long startMs = published.getStart().toEpochMilli();
        if (endMs < asOfMs
                || endMs - asOfMs >= window.slideMs()
                || endMs % window.slideMs() != 0
                || endMs - startMs != window.sizeMs()
                || published.getComplete() != (endMs == asOfMs)) {
            differences.add("wrong window: " + published + " in " + metrics);
        }
        Long movedToMs = movesMs == null ? null : movesMs.ceiling(asOfMs);
        long leastMs = movedToMs == null ? asOfMs : movedToMs;
        long mostMs = movedToMs == null ? Long.MAX_VALUE : movedToMs;
        long sliceEndMs = Math.min(endMs, Slices.ceil(asOfMs, sliceMs));
        RollingRecount.Sums least = recount.sums(series, startMs, sliceEndMs, leastMs);
        RollingRecount.Sums most = recount.sums(series, startMs, sliceEndMs, mostMs);
        within(least.checkouts(), published.getCheckouts(), most.checkouts(), "checkouts", metrics);
        within(least.increments(), published.getIncrements(), most.increments(), "increments", metrics);
        long previousMs = startMs - window.sizeMs();
        within(
                recount.sums(series, previousMs, startMs, leastMs).checkouts(),
                published.getPreviousCheckouts(),
                recount.sums(series, previousMs, startMs, mostMs).checkouts(),
                "previousCheckouts",
                metrics);
        different(published.getVisitors(), published, least.visitors(), most.visitors(), metrics);
        different(published.getVisits(), published, least.visits(), most.visits(), metrics);
        checkCart(series, published.getCartValue(), least.cart(), most.cart(), metrics);
        if (published.getHits() != null) {
            long leastHits = recount.sums(series, startMs, sliceEndMs, asOfMs).hits();
            long mostHits =
                    recount.sums(series, startMs, sliceEndMs, Long.MAX_VALUE).hits();
            within(leastHits, published.getHits(), mostHits, "hits", metrics);
        }
    }

    /** Of no checkouts there are none; of others nobody knows, if none of them says who made it. */
    private void different(
            @Nullable Long published, WindowMetrics window, long least, long most, CheckoutMetrics metrics) {
        if (!withVisitors) {
            if (published != null) {
                differences.add("visitors are not to be counted: " + metrics);
            }
        } else if (published == null) {
            if (least > 0 || window.getCheckouts() == 0) {
                differences.add("visitors and visits are known in " + metrics);
            }
        } else {
            within(least, published, most, "visitors or visits", metrics);
            if (published == 0 && window.getCheckouts() > 0) {
                differences.add("nobody can know visitors or visits in " + metrics);
            }
        }
    }

    private void checkCart(
            Series series, @Nullable Double published, BigDecimal least, BigDecimal most, CheckoutMetrics metrics) {
        boolean must = withCart
                && series.dimension().equals("currency")
                && !series.item().startsWith("(");
        if (must
                ? published == null || published < least.doubleValue() || published > most.doubleValue()
                : published != null) {
            differences.add("cartValue must be " + (must ? least + " to " + most : "null") + " in " + metrics);
        }
    }

    private void within(long least, long actual, long most, String what, CheckoutMetrics metrics) {
        if (actual < least || actual > most) {
            differences.add(what + " must be " + least + " to " + most + " but is " + actual + " in " + metrics);
        }
    }

    /** The end: what the subscriber knows must be true of the windows as of then, also of series long silent. */
    void endsAsOf(long asOfMs) {
        summedUp.forEach(dimension -> endsTogether(dimension.get(0), dimension.get(1), asOfMs));
        for (Series series : recount.series()) {
            if (isSummedUp(series)) {
                continue;
            }
            CheckoutMetrics told = known.get(series);
            for (int i = 0; i < windows.size(); i++) {
                Window window = windows.get(i);
                long startMs = window.endAsOf(asOfMs) - window.sizeMs();
                RollingRecount.Sums now = inWindow(series, startMs, window);
                RollingRecount.Sums previous = inWindow(series, startMs - window.sizeMs(), window);
                if (!isKnown(told == null ? null : told.getWindows().get(i), now, previous)) {
                    differences.add("in the end, as of " + asOfMs + ", " + window + " of " + series + " has " + now
                            + " and before " + previous + " but known is " + told);
                }
            }
        }
    }

    /** All items of a dimension are all checkouts of its report suite; of products, some may be in several. */
    private void endsTogether(String suite, String dimension, long asOfMs) {
        for (int i = 0; i < windows.size(); i++) {
            int window = i;
            long startMs = windows.get(i).endAsOf(asOfMs) - windows.get(i).sizeMs();
            long total = inWindow(Series.total(suite), startMs, windows.get(i)).checkouts();
            long items = known.entrySet().stream()
                    .filter(one -> one.getKey().reportSuite().equals(suite)
                            && one.getKey().dimension().equals(dimension))
                    .mapToLong(one -> one.getValue().getWindows().get(window).getCheckouts())
                    .sum();
            long most = recount.series().stream()
                    .filter(one ->
                            one.reportSuite().equals(suite) && one.dimension().equals(dimension))
                    .mapToLong(
                            one -> inWindow(one, startMs, windows.get(window)).checkouts())
                    .sum();
            if (items < total || items > most) {
                differences.add("in the end, as of " + asOfMs + ", items of " + suite + " " + dimension + " have "
                        + items + " of " + total + " to " + most + " in " + windows.get(i));
            }
        }
    }

    private RollingRecount.Sums inWindow(Series series, long startMs, Window window) {
        return recount.sums(series, startMs, startMs + window.sizeMs(), Long.MAX_VALUE);
    }

    /** Of a series that is gone, or never was, there is nothing to be known. */
    private boolean isKnown(@Nullable WindowMetrics told, RollingRecount.Sums now, RollingRecount.Sums previous) {
        return told == null
                ? now.checkouts() == 0 && previous.checkouts() == 0
                : told.getCheckouts() == now.checkouts()
                        && told.getIncrements() == now.increments()
                        && told.getPreviousCheckouts() == previous.checkouts()
                        && (told.getCartValue() == null
                                || told.getCartValue() == now.cart().doubleValue())
                        && (!withVisitors || isOrUnknown(told.getVisitors(), now.visitors(), now.checkouts()))
                        && (!withVisitors || isOrUnknown(told.getVisits(), now.visits(), now.checkouts()))
                        && (told.getHits() == null || told.getHits() == now.hits());
    }

    private static boolean isOrUnknown(@Nullable Long told, long now, long checkouts) {
        return now == 0 && checkouts > 0 ? told == null : told != null && told == now;
    }

    List<String> differences() {
        return differences;
    }
}
