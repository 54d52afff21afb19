package io.checkoutmetrics.operate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the process measures of itself, for Prometheus. The names of all of it are bounded: neither report suites nor
 * dimension items are labels. Thread-safe.
 */
public final class JobMetrics implements AutoCloseable {
    /** Of Prometheus' text format. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final Clock clock;
    private final Health health;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MultiGauge partOk = MultiGauge.builder("checkout.metrics.part.ok")
            .description("1 where that part of /readyz is well, 0 where it is not")
            .register(meters);
    private @Nullable EngineMeters engine;
    private @Nullable TimeMeters times;
    private Instant writtenAt = Instant.MIN;
    private String written = "";

    public JobMetrics(Health health, Clock clock) {
        this.clock = clock;
        this.health = health;
        meters.config().meterFilter(new KafkaMeterFilter());
        Stream.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics(),
                        collections)
                .forEach(binder -> binder.bindTo(meters));
        Gauge.builder("checkout.metrics.ready", () -> health.ready().ok() ? 1 : 0)
                .description("1 while /readyz says so: the job does its work")
                .register(meters);
        String version = Optional.ofNullable(Job.class.getPackage().getImplementationVersion())
                .orElse("unknown");
        Gauge.builder("checkout.metrics.build.info", () -> 1)
                .description("Always 1; the version is a label")
                .tags("version", version)
                .register(meters);
    }

    /** From here on that job is measured, too. */
    public synchronized void started(Job job) {
        new OutcomeMeters(job.outcomes()).bindTo(meters);
        engine = new EngineMeters(job, meters);
        times = new TimeMeters(job.progress(), clock, meters);
    }

    /** Everything as of now, or of a second ago at most: asking often costs little. */
    public synchronized String scrape() {
        Instant now = clock.instant();
        if (writtenAt.isBefore(now.minus(GOOD_FOR))) {
            look();
            written = meters.scrape(CONTENT_TYPE);
            writtenAt = now;
        }
        return written;
    }

    private void look() {
        if (times != null) {
            times.look();
        }
        if (engine != null) {
            engine.look();
        }
        List<Part> parts = health.ready().parts();
        partOk.register(
                parts.stream()
                        .map(part -> MultiGauge.Row.of(Tags.of("part", part.part()), part.ok() ? 1 : 0))
                        .collect(Collectors.toList()),
                true);
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close();
        }
        collections.close();
        meters.close();
    }
}
