package io.checkoutmetrics.operate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** Kafka Streams' own metrics, and what this job knows of the engine besides. */
final class EngineMeters implements AutoCloseable {
    private static final String STORE_GROUP = "stream-state-metrics";
    private static final Set<String> SIZES = Set.of("total-sst-files-size", "size-all-mem-tables");
    private static final String STORE_TAG = "rocksdb-state-id";

    private final KafkaStreams engine;
    private final KafkaStreamsMetrics kafka;
    private final MultiGauge storeBytes;

    EngineMeters(Job job, MeterRegistry meters) {
        engine = job.engine();
        kafka = new KafkaStreamsMetrics(engine);
        kafka.bindTo(meters);
        storeBytes = MultiGauge.builder("checkout.metrics.store.size")
                .description("What a state store takes, on disk and in memory not yet written there")
                .baseUnit("bytes")
                .register(meters);
        FunctionCounter.builder("checkout.metrics.stream.thread.deaths", job, Job::deadThreads)
                .description("Stream threads that died; up to three in ten minutes are replaced")
                .register(meters);
        Gauge.builder(
                        "checkout.metrics.restore.remaining.records",
                        job,
                        one -> one.restoration().remainingRecords())
                .description("Records of changelogs still to be read before the state is what it was")
                .register(meters);
        Gauge.builder("checkout.metrics.clock.ahead", job, one -> one.clocks().aheadSeconds())
                .description(
                        "How far this machine's clock is ahead of the schema registry's, at least; negative where it is"
                                + " behind, NaN where the registry does not tell the time")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("checkout.metrics.rocksdb.memory", BoundedRocksDb::usedBytes)
                .description(
                        "Memory that state stores use outside the heap: block cache, write buffers, indexes; bounded by"
                                + " state.memory.mb")
                .baseUnit("bytes")
                .register(meters);
    }

    /** Stores come and go with the tasks. */
    void look() {
        Map<String, Double> bytes = new TreeMap<>();
        engine.metrics().forEach((name, metric) -> {
            if (name.group().equals(STORE_GROUP) && SIZES.contains(name.name())) {
                bytes.merge(name.tags().getOrDefault(STORE_TAG, ""), number(metric), Double::sum);
            }
        });
        storeBytes.register(
                bytes.entrySet().stream()
                        .map(store -> MultiGauge.Row.of(Tags.of("store", store.getKey()), store.getValue()))
                        .collect(Collectors.toList()),
                true);
    }

    /** A store that is being closed has none. */
    private static double number(Metric metric) {
        try {
            return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
        } catch (RuntimeException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
