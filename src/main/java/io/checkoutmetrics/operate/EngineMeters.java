package io.checkoutmetrics.operate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;

/** Kafka Streams' own metrics, and what this job knows of the engine besides. */
final class EngineMeters implements AutoCloseable {
    private final KafkaStreamsMetrics kafka;

    private EngineMeters(KafkaStreamsMetrics kafka) {
        this.kafka = kafka;
    }

    static EngineMeters of(Job job, MeterRegistry meters) {
        KafkaStreamsMetrics kafka = new KafkaStreamsMetrics(job.engine());
        kafka.bindTo(meters);
        FunctionCounter.builder("checkout.metrics.stream.thread.deaths", job, Job::deadThreads)
                .description("Stream threads that died; up to three in ten minutes are replaced")
                .register(meters);
        Gauge.builder(
                        "checkout.metrics.restore.remaining.records",
                        job,
                        one -> one.restoration().remainingRecords())
                .description("Records of changelogs still to be read before the state is what it was")
                .register(meters);
        Gauge.builder("checkout.metrics.rocksdb.memory", BoundedRocksDb::usedBytes)
                .description(
                        "Memory that state stores use outside the heap: block cache, write buffers, indexes; at most"
                                + " 128 MB")
                .baseUnit("bytes")
                .register(meters);
        return new EngineMeters(kafka);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
