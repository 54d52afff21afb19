package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.registry.AvroDeserializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the job has published, read as any subscriber reads it. */
record PublishedRecords(Assignment assignment, Map<String, String> registry) {
    /** Gives every record of a topic but tombstones. */
    <T extends SpecificRecord> void read(String topic, Class<T> type, BiConsumer<Series, T> taker) {
        try (RegistryClient client = RegistryClient.of(registry)) {
            CommittedRecords.read(
                    assignment, topic, new ByteArrayDeserializer(), new AvroDeserializer<>(client, type), published -> {
                        if (published.value() != null) {
                            taker.accept(SeriesKey.parse(published.key()), published.value());
                        }
                    });
        }
    }
}
