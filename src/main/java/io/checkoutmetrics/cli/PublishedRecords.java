package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.MetricJson;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.registry.AvroDeserializer;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.sorted.SortKey;
import io.checkoutmetrics.sorted.SortedLines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the job has published so far, as its subscribers see it: committed records only, as lines of JSON. They are sorted
 * on disk, so that their number does not matter.
 */
final class PublishedRecords {
    private final Settings settings;
    private final Path folder;

    /** @param folder for temporary files; the caller deletes it */
    PublishedRecords(Settings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * All finals, sorted by start, report suite, dimension, item; of several widths the shorter interval first. What is
     * published twice comes twice.
     */
    void finals(Consumer<String> lines) {
        try (SortedLines sorted = new SortedLines(folder.resolve("finals"))) {
            AtomicLong position = new AtomicLong();
            read(settings.topics().intervals(), CheckoutInterval.class, (series, one) -> {
                SortKey key = new SortKey().add(one.getStart().toEpochMilli());
                key = withSeries(key, new Series(one.getReportSuite(), one.getDimension(), one.getItem()));
                key.add(one.getEnd().toEpochMilli()).add(position.getAndIncrement());
                sorted.put(key.bytes(), MetricJson.line(one));
            });
            sorted.forEach(lines);
        }
    }

    /** All finals, in no order. */
    void eachFinal(Consumer<CheckoutInterval> taker) {
        read(settings.topics().intervals(), CheckoutInterval.class, (series, one) -> taker.accept(one));
    }

    /** The last rolling Checkouts of each series that is not gone, sorted by report suite, dimension, item. */
    void latestRolling(Consumer<String> lines) {
        try (SortedLines sorted = new SortedLines(folder.resolve("rolling"))) {
            read(settings.topics().metrics(), CheckoutMetrics.class, (series, newest) -> {
                byte[] key = withSeries(new SortKey(), series).bytes();
                if (newest == null) {
                    sorted.remove(key);
                } else {
                    sorted.put(key, MetricJson.line(newest));
                }
            });
            sorted.forEach(lines);
        }
    }

    /** All alerts, sorted by the time as of which they tell, then report suite, dimension, item. */
    void alerts(Consumer<String> lines) {
        try (SortedLines sorted = new SortedLines(folder.resolve("alerts"))) {
            AtomicLong position = new AtomicLong();
            read(settings.alerts().topic(), CheckoutAlert.class, (series, one) -> {
                if (one != null) {
                    SortKey key = withSeries(new SortKey().add(one.getAsOf().toEpochMilli()), series);
                    sorted.put(key.add(position.getAndIncrement()).bytes(), MetricJson.line(one));
                }
            });
            sorted.forEach(lines);
        }
    }

    private static SortKey withSeries(SortKey key, Series series) {
        return key.add(series.reportSuite()).add(series.dimension()).add(series.item());
    }

    private <T extends SpecificRecord> void read(String topic, Class<T> type, BiConsumer<Series, T> taker) {
        Map<String, Object> config = new HashMap<>(settings.kafka());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG); // the engine's, and not always one of a consumer
        try (RegistryClient registry = RegistryClient.of(settings.registry());
                KafkaConsumer<byte[], T> consumer = new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new AvroDeserializer<>(registry, type))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], T> one : consumer.poll(Duration.ofMillis(100))) {
                    taker.accept(SeriesKey.parse(one.key()), one.value());
                }
            }
        }
    }
}
