package io.checkoutmetrics.faults;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.registry.AvroDeserializer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A subscriber that sees no faults, and knows of when the newest total of each report suite is. */
final class OutputWatch implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 20;

    private final Map<String, Instant> newestAsOf = new ConcurrentHashMap<>();
    private final Collection<String> suites;
    private final Gaps gaps;
    private final Thread thread;
    private volatile boolean isClosed;

    /** @param suites that have hits all the time */
    OutputWatch(String bootstrapServers, String registryUrl, Collection<String> suites) {
        this.suites = suites;
        this.gaps = new Gaps(suites);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "schema.registry.url", registryUrl,
                "group.id", "output-watch",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "isolation.level", "read_committed",
                "specific.avro.reader", true);
        AvroDeserializer<CheckoutMetrics> values = new AvroDeserializer<>();
        values.configure(settings, false);
        thread = new Thread(
                () -> {
                    try (KafkaConsumer<String, CheckoutMetrics> consumer =
                            new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
                        consumer.subscribe(List.of("checkout-metrics"));
                        while (!isClosed) {
                            poll(consumer);
                        }
                    }
                },
                "output-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void poll(KafkaConsumer<String, CheckoutMetrics> consumer) {
        try {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                CheckoutMetrics metrics = record.value();
                if (metrics != null && metrics.getDimension().isEmpty() && suites.contains(metrics.getReportSuite())) {
                    gaps.came(metrics.getReportSuite(), metrics.getAsOf(), System.nanoTime());
                    newestAsOf.merge(metrics.getReportSuite(), metrics.getAsOf(), (a, b) -> a.isAfter(b) ? a : b);
                }
            });
        } catch (KafkaException e) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS)); // brokers come and go
        }
    }

    /** When news came, and when not. */
    Gaps gaps() {
        return gaps;
    }

    /** Whether the totals of all report suites are of that time or later. */
    boolean isAsOf(Instant time) {
        return newestAsOf.size() == suites.size()
                && newestAsOf.values().stream().noneMatch(asOf -> asOf.isBefore(time));
    }

    /** How long it takes until the totals of all report suites are of that time or later; empty if longer. */
    Optional<Duration> awaitAsOf(Instant time, Duration most) {
        return await(() -> isAsOf(time), most);
    }

    static Optional<Duration> await(BooleanSupplier condition, Duration most) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
            if (System.nanoTime() - begin > most.toNanos()) {
                return Optional.empty();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS));
        }
        return Optional.of(Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public String toString() {
        return "totals are as of " + newestAsOf;
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
