package io.checkoutmetrics.operate;

import io.checkoutmetrics.stream.Progress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** How far time has come: in each input partition, and in what is published. */
final class TimeMeters {
    private final Progress progress;
    private final Clock clock;
    private final MultiGauge watermarkLag;

    TimeMeters(Progress progress, Clock clock, MeterRegistry meters) {
        this.progress = progress;
        this.clock = clock;
        watermarkLag = MultiGauge.builder("checkout.metrics.watermark.lag")
                .description(
                        "Time since the moment up to which that input partition is complete; of the partitions that this"
                                + " instance reads, and not before their first hit")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("checkout.metrics.results.lag", this, TimeMeters::resultsLagSeconds)
                .description(
                        "Age of the newest results of this instance: time since the moment they are as of. NaN where it"
                                + " publishes nothing")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("checkout.metrics.series", progress, Progress::series)
                .description("Series that this instance rolls and that have anything in their windows: totals and items"
                        + " together")
                .register(meters);
        Gauge.builder("checkout.metrics.time.still", this, TimeMeters::stillSeconds)
                .description("For how long time has stood still; results say STALLED after stall.timeout")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("checkout.metrics.catching.up", this, TimeMeters::catchingUp)
                .description(
                        "1 while history is caught up with: finals are all published, rolling Checkouts once they are of"
                                + " now")
                .register(meters);
    }

    /** Partitions come and go. */
    void look() {
        Instant now = clock.instant();
        watermarkLag.register(
                progress.inputs().entrySet().stream()
                        .map(input -> MultiGauge.Row.of(
                                Tags.of("partition", input.getKey().toString()), seconds(input.getValue(), now)))
                        .collect(Collectors.toList()),
                true);
    }

    private double resultsLagSeconds() {
        Instant now = clock.instant();
        return progress.publishing().stream()
                .flatMap(standing -> standing.asOf().stream())
                .mapToDouble(asOf -> seconds(asOf, now))
                .max()
                .orElse(Double.NaN);
    }

    private double stillSeconds() {
        Instant now = clock.instant();
        return progress.slowest()
                .map(standing -> standing.standsStillFor(now).toMillis() / 1e3)
                .orElse(0.0);
    }

    private double catchingUp() {
        return progress.slowest().filter(Progress.Standing::isBehind).isPresent() ? 1 : 0;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
