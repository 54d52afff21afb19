package io.checkoutmetrics.bench;

import io.checkoutmetrics.visitor.Distinct;
import java.util.ArrayList;
import java.util.List;

/** How far published numbers of different visitors and visits are from the exact ones. */
final class EstimateErrors {
    /** The error that nineteen of twenty estimates are promised to be within. */
    static final double PROMISED = 0.02;

    static final double SHARE_WITHIN = 0.95;

    /** One published number. */
    record Estimate(String what, long exact, long published) {
        double error() {
            return exact == published ? 0 : Math.abs(published - exact) / (double) exact;
        }
    }

    private enum Size {
        EXACT("up to %,d, exact".formatted(Distinct.MOST_EXACT), 0, Distinct.MOST_EXACT),
        SOME("up to 10,000", Distinct.MOST_EXACT + 1, 10_000),
        MANY("more", 10_001, Long.MAX_VALUE);

        private final String words;
        private final long from;
        private final long to;

        Size(String words, long from, long to) {
            this.words = words;
            this.from = from;
            this.to = to;
        }

        boolean holds(Estimate estimate) {
            return estimate.exact >= from && estimate.exact <= to;
        }
    }

    private final List<Estimate> all = new ArrayList<>();

    void add(Estimate estimate) {
        all.add(estimate);
    }

    /** Whether small numbers are exact and nineteen of twenty others within what is promised. */
    boolean areAsPromised() {
        return of(Size.EXACT).stream().allMatch(estimate -> estimate.error() == 0)
                && isMostWithin(of(Size.SOME))
                && isMostWithin(of(Size.MANY));
    }

    private static boolean isMostWithin(List<Estimate> estimates) {
        return within(estimates) >= SHARE_WITHIN * estimates.size();
    }

    private static long within(List<Estimate> estimates) {
        return estimates.stream()
                .filter(estimate -> estimate.error() <= PROMISED)
                .count();
    }

    private List<Estimate> of(Size size) {
        return all.stream().filter(size::holds).toList();
    }

    MarkdownTable table() {
        MarkdownTable table =
                new MarkdownTable("exact number", "published", "exact", "within 2 %", "mean error", "largest");
        for (Size size : Size.values()) {
            List<Estimate> estimates = of(size);
            table.row(
                    size.words,
                    "%,d".formatted(estimates.size()),
                    "%,d"
                            .formatted(estimates.stream()
                                    .filter(estimate -> estimate.error() == 0)
                                    .count()),
                    "%,d".formatted(within(estimates)),
                    percent(estimates.stream()
                            .mapToDouble(Estimate::error)
                            .average()
                            .orElse(0)),
                    percent(estimates.stream()
                            .mapToDouble(Estimate::error)
                            .max()
                            .orElse(0)));
        }
        return table;
    }

    List<Estimate> estimated() {
        return all.stream().filter(estimate -> !Size.EXACT.holds(estimate)).toList();
    }

    private static String percent(double share) {
        return "%.2f %%".formatted(100 * share);
    }
}
