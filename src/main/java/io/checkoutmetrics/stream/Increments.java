package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.visitor.Fingerprint;
import io.checkoutmetrics.window.CartValue;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Slices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Sums up what checkouts add to each series, so that a busy series costs one record for many checkouts. */
final class Increments {
    private static final int MOST_SERIES = 50_000;
    /** A checkout of very many products is in as many series, each perhaps in a slice of its own. */
    private static final int MOST_SUMS = 200_000;

    /** Of which every one has a visitor: in the record of one series, that makes a hundred kilobytes and more. */
    private static final int MOST_CHECKOUTS = 8_000;
    /** In one record: some tens of kilobytes at most. */
    private static final int MOST_SLICES = 1_000;

    private static final class Sum {
        private final VisitorHashes.Gathering visitors = new VisitorHashes.Gathering();
        private long checkouts;
        private long increments;
        private long lastCheckoutAtMs = SeriesCounts.NO_CHECKOUT;
        private CartValue cart = CartValue.NONE;
    }

    private final long sliceMs;
    private final boolean withVisitors;
    private final Map<Series, TreeMap<Long, Sum>> bySeries = new LinkedHashMap<>();
    private int checkouts;
    private int sums;

    /** @param withVisitors whether to tell who made the checkouts */
    Increments(long sliceMs, boolean withVisitors) {
        this.sliceMs = sliceMs;
        this.withVisitors = withVisitors;
    }

    /** One checkout of so many increments: for its suite's total, and for its items of each dimension. */
    void add(Checkout checkout, long increments) {
        checkouts++;
        String suite = checkout.hit().reportSuite();
        long visitor = withVisitors ? Fingerprint.of(checkout.hit().visitorId()) : Fingerprint.NONE;
        long visit = withVisitors ? Fingerprint.of(checkout.hit().visitId()) : Fingerprint.NONE;
        OptionalLong cart = checkout.hit().cartMillionths();
        add(Series.total(suite), checkout.eventTimeMs(), increments, visitor, visit);
        for (DimensionItem one : checkout.hit().dimensionItems()) {
            Series series = new Series(suite, one.dimension(), one.item());
            Sum sum = add(series, checkout.eventTimeMs(), increments, visitor, visit);
            if (cart.isPresent() && series.hasCartValue()) {
                sum.cart = sum.cart.plus(CartValue.of(cart.getAsLong()));
            }
        }
    }

    private Sum add(Series series, long eventMs, long increments, long visitor, long visit) {
        Sum sum = bySeries.computeIfAbsent(series, absent -> new TreeMap<>())
                .computeIfAbsent(Slices.floor(eventMs, sliceMs), absent -> {
                    sums++;
                    return new Sum();
                });
        sum.checkouts++;
        sum.increments += increments;
        sum.lastCheckoutAtMs = Math.max(sum.lastCheckoutAtMs, eventMs);
        sum.visitors.add(visitor, visit);
        return sum;
    }

    /** Whether that is enough at once. */
    boolean isFull() {
        return bySeries.size() >= MOST_SERIES || sums >= MOST_SUMS || withVisitors && checkouts >= MOST_CHECKOUTS;
    }

    /** Gives away all sums and starts anew. */
    void drain(BiConsumer<Series, SeriesCounts> next) {
        bySeries.forEach((series, sums) -> {
            List<SeriesCounts.SliceCounts> all = new ArrayList<>(sums.size());
            sums.forEach((startMs, sum) -> all.add(slice(startMs, sum)));
            for (int from = 0; from < all.size(); from += MOST_SLICES) {
                next.accept(series, new SeriesCounts(all.subList(from, Math.min(all.size(), from + MOST_SLICES))));
            }
        });
        bySeries.clear();
        checkouts = 0;
        sums = 0;
    }

    private SeriesCounts.SliceCounts slice(long startMs, Sum sum) {
        Counts counts = new Counts(sum.checkouts, sum.increments, 0, sum.cart);
        return withVisitors
                ? new SeriesCounts.SliceCounts(startMs, counts, sum.lastCheckoutAtMs, sum.visitors.all())
                : new SeriesCounts.SliceCounts(startMs, counts, sum.lastCheckoutAtMs);
    }
}
