package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.oracle.Arrival;
import io.checkoutmetrics.oracle.Recount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was counted of a timeline, to be summed up over any stretch of time, one checkout after the other. */
final class RollingRecount {
    /** Sums over a stretch of event time. Hits are where they were received. */
    record Sums(long checkouts, long increments, long hits, long visitors, long visits, BigDecimal cart) {}

    private record Counted(
            long eventTimeMs,
            long recordTimeMs,
            long checkouts,
            long increments,
            BigDecimal cart,
            Optional<String> visitor,
            Optional<String> visit) {}

    private final Map<Series, List<Counted>> bySeries = new HashMap<>();

    RollingRecount(SimulatedTimeline timeline) {
        for (Recount.Counted checkout : timeline.counted()) {
            String suite = checkout.reportSuite();
            Counted counted = new Counted(
                    checkout.eventTimeMs(),
                    checkout.recordTimeMs(),
                    1,
                    checkout.increments(),
                    checkout.cart(),
                    checkout.visitor(),
                    checkout.visit());
            add(Series.total(suite), counted);
            checkout.items()
                    .forEach((dimension, items) ->
                            items.forEach(item -> add(new Series(suite, dimension, item), counted)));
        }
        for (Arrival arrival : timeline.arrivals()) {
            if (arrival.unreadable() == null) {
                String suite = arrival.hit().path("reportSuite").asText();
                add(
                        Series.total(suite),
                        new Counted(
                                arrival.recordTimeMs(),
                                arrival.recordTimeMs(),
                                0,
                                0,
                                BigDecimal.ZERO,
                                Optional.empty(),
                                Optional.empty()));
            }
        }
    }

    private void add(Series series, Counted counted) {
        bySeries.computeIfAbsent(series, none -> new ArrayList<>()).add(counted);
    }

    Set<Series> series() {
        return bySeries.keySet();
    }

    /** What happened in {@code [fromMs, toMs)} and was received before {@code receivedBeforeMs}. */
    Sums sums(Series series, long fromMs, long toMs, long receivedBeforeMs) {
        long checkouts = 0;
        long increments = 0;
        long hits = 0;
        BigDecimal cart = BigDecimal.ZERO;
        Set<String> visitors = new HashSet<>();
        Set<String> visits = new HashSet<>();
        for (Counted counted : bySeries.getOrDefault(series, List.of())) {
            if (counted.eventTimeMs >= fromMs
                    && counted.eventTimeMs < toMs
                    && counted.recordTimeMs < receivedBeforeMs) {
                checkouts += counted.checkouts;
                increments += counted.increments;
                cart = cart.add(counted.cart);
                hits += 1 - counted.checkouts;
                counted.visitor.ifPresent(visitors::add);
                counted.visit.ifPresent(visits::add);
            }
        }
        return new Sums(checkouts, increments, hits, visitors.size(), visits.size(), cart);
    }
}
