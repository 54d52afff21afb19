package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.registry.AvroDeserializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.streams.kstream.Windowed;

/**
 * Checkouts per report suite as a subscriber sees them: committed records only, of the longest window. Nothing leaves
 * that window while it is measured, so the count only grows. Not thread-safe.
 */
public final class LiveCounts implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Reader reader;
    private final Runnable whenClosed;

    private record SuiteCount(String suite, long count) {}

    private interface Reader {
        Optional<SuiteCount> read(ConsumerRecord<byte[], byte[]> published);
    }

    private LiveCounts(Assignment assignment, String topic, Reader reader, Runnable whenClosed) {
        this.reader = reader;
        this.whenClosed = whenClosed;
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        assignment.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Of a run of {@code job} or {@code dsl} that is running. */
    public static LiveCounts of(Assignment assignment) {
        return assignment.subject().equals("job") ? ofJob(assignment) : ofDsl(assignment);
    }

    private static LiveCounts ofJob(Assignment assignment) {
        RegistryClient registry = RegistryClient.of(Map.of("schema.registry.url", assignment.registryUrl()));
        AvroDeserializer<CheckoutMetrics> values = new AvroDeserializer<>(registry, CheckoutMetrics.class);
        String topic = assignment.topicOfRun("metrics");
        return new LiveCounts(
                assignment,
                topic,
                published -> {
                    Series series = SeriesKey.parse(published.key());
                    return series.isTotal() && published.value() != null
                            ? Optional.of(new SuiteCount(
                                    series.reportSuite(), longest(values.deserialize(topic, published.value()))))
                            : Optional.empty();
                },
                registry::close);
    }

    private static long longest(CheckoutMetrics metrics) {
        return metrics.getWindows().stream()
                .max(Comparator.comparing(window -> Duration.between(window.getStart(), window.getEnd())))
                .map(WindowMetrics::getCheckouts)
                .orElseThrow();
    }

    private static LiveCounts ofDsl(Assignment assignment) {
        var keys = DslTopology.outputKeys(DslTopology.allTime()).deserializer();
        LongDeserializer values = new LongDeserializer();
        String topic = assignment.topicOfRun("counts");
        return new LiveCounts(
                assignment,
                topic,
                published -> {
                    Windowed<String> key = keys.deserialize(topic, published.key());
                    return Optional.of(new SuiteCount(
                            CountedSeries.suite(key.key()), values.deserialize(topic, published.value())));
                },
                () -> {});
    }

    /** Waits a while for new counts, and gives them by report suite. */
    public void poll(BiConsumer<String, Long> taker) {
        for (ConsumerRecord<byte[], byte[]> published : consumer.poll(Duration.ofMillis(100))) {
            reader.read(published).ifPresent(one -> taker.accept(one.suite, one.count));
        }
    }

    @Override
    public void close() {
        consumer.close();
        whenClosed.run();
    }
}
