package io.checkoutmetrics.operate;

import io.checkoutmetrics.hit.Reason;
import io.checkoutmetrics.stream.Outcomes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** What became of the hits, as counters, with the equations between them where they are read. */
final class OutcomeMeters implements MeterBinder {
    private static final String SINCE =
            " Of this instance, since it started; what is processed again after a crash counts"
                    + " again here, though not in the published numbers.";
    private static final List<String> OF_HITS = List.of("not_checkout", "excluded", "dead_lettered", "checkouts_seen");
    private static final List<String> OF_CHECKOUTS = List.of("counted", "duplicate");

    private final Outcomes outcomes;

    OutcomeMeters(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        counter(
                meters,
                "hits.read",
                "hits_read",
                "Hits read. checkout_metrics_hits_read_total = sum of checkout_metrics_hits_total over outcome"
                        + " (not_checkout + excluded + dead_lettered + checkouts_seen)." + SINCE);
        for (String outcome : OF_HITS) {
            counter(
                    meters,
                    "hits",
                    outcome,
                    "Hits by outcome; every hit has one. Their sum is checkout_metrics_hits_read_total." + SINCE,
                    "outcome",
                    outcome);
        }
        for (String outcome : OF_CHECKOUTS) {
            counter(
                    meters,
                    "checkouts",
                    outcome,
                    "Checkouts that were judged: checkout_metrics_hits_total{outcome=\"checkouts_seen\"} = counted + duplicate,"
                            + " over all instances, once all are judged." + SINCE,
                    "outcome",
                    outcome);
        }
        for (Reason reason : Reason.values()) {
            counter(
                    meters,
                    "dead.letters",
                    reason.text(),
                    "Hits dead-lettered by reason. Their sum is checkout_metrics_hits_total{outcome=\"dead_lettered\"}."
                            + SINCE,
                    "reason",
                    reason.text());
        }
        for (String kind : Outcomes.exclusions()) {
            counter(
                    meters,
                    "excluded",
                    Outcomes.exclusion(kind),
                    "Hits that their sender says do not count, by what says so; whatever is none of a data feed's columns"
                            + " is other. Their sum is checkout_metrics_hits_total{outcome=\"excluded\"}." + SINCE,
                    "reason",
                    kind);
        }
        counter(
                meters,
                "near.misses",
                "near_miss",
                "Hits with an event that would qualify but for upper and lower case, such as sccheckout. They have an outcome"
                        + " besides." + SINCE);
        counter(
                meters,
                "invalid.event.ids",
                "invalid_event_id",
                "Event IDs that are empty or not alphanumeric: counted, never compared with those seen." + SINCE);
        counter(
                meters,
                "hits.after.close",
                "hits_after_close",
                "Hits received so much out of order that the finals of their time were out: missing in their hits."
                        + SINCE);
        counter(
                meters,
                "unwatched",
                "unwatched",
                "Hits and checkouts of report suites and items that raise no alerts: 2,000 others of their partition do."
                        + SINCE);
        counter(
                meters,
                "hits.ahead.of.clock",
                "hits_ahead_of_clock",
                "Hits whose records say that they were received later than now: missing in every number of hits, their"
                        + " checkouts dead letters. Is the clock of this machine right?" + SINCE);
    }

    private void counter(MeterRegistry meters, String name, String outcome, String description, String... tags) {
        FunctionCounter.builder("checkout.metrics." + name, outcomes, counted -> counted.get(outcome))
                .description(description)
                .tags(tags)
                .register(meters);
    }
}
