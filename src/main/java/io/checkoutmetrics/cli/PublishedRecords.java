package io.checkoutmetrics.cli;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.registry.AvroDeserializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the job has published so far, as its subscribers see it: committed records only. */
final class PublishedRecords {
    private static final Comparator<Series> SERIES_ORDER = Comparator.comparing(Series::reportSuite)
            .thenComparing(Series::dimension)
            .thenComparing(Series::item);

    private final Settings settings;

    PublishedRecords(Settings settings) {
        this.settings = settings;
    }

    /** All finals, sorted by start, report suite, dimension, item; of several widths the shorter interval first. */
    List<CheckoutInterval> finals() {
        List<CheckoutInterval> finals = new ArrayList<>();
        read(settings.topics().intervals(), CheckoutInterval.class, (series, one) -> finals.add(one));
        finals.sort(Comparator.comparing(CheckoutInterval::getStart)
                .thenComparing(PublishedRecords::seriesOf, SERIES_ORDER)
                .thenComparing(CheckoutInterval::getEnd));
        return finals;
    }

    private static Series seriesOf(CheckoutInterval one) {
        return new Series(one.getReportSuite(), one.getDimension(), one.getItem());
    }

    /** The last rolling Checkouts of each series that is not gone, sorted by report suite, dimension, item. */
    List<CheckoutMetrics> latestRolling() {
        Map<Series, CheckoutMetrics> latest = new TreeMap<>(SERIES_ORDER);
        read(settings.topics().metrics(), CheckoutMetrics.class, latest::put);
        latest.values().removeIf(gone -> gone == null);
        return List.copyOf(latest.values());
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
