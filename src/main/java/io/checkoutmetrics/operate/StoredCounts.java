package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.CheckoutTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether changelogs hold anything that was counted and committed. Offsets cannot tell: a transaction that was aborted, or the mark at
 * the end of one, takes some too. So they are read, up to the first that does.
 */
final class StoredCounts {
    private static final Duration POLL = Duration.ofMillis(200);

    private StoredCounts() {}

    /**
     * @param changelogs that are there; none hold nothing
     * @throws org.apache.kafka.common.KafkaException when Kafka refuses, or does not answer in time
     */
    static boolean areIn(List<TopicPartition> changelogs, Settings settings) {
        if (changelogs.isEmpty()) {
            return false;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
            consumer.assign(changelogs);
            consumer.seekToBeginning(changelogs);
            Map<TopicPartition, Long> ends = consumer.endOffsets(changelogs, KafkaAnswers.WITHIN);
            Set<TopicPartition> unread = new HashSet<>(changelogs);
            long untilNanos = System.nanoTime() + KafkaAnswers.WITHIN.toNanos();
            while (true) {
                unread.removeIf(one -> consumer.position(one, KafkaAnswers.WITHIN) >= ends.getOrDefault(one, 0L));
                if (unread.isEmpty()) {
                    return false;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (CheckoutTopology.tellsOfCounts(record.key())) {
                        return true;
                    }
                }
                if (System.nanoTime() > untilNanos) {
                    throw new TimeoutException("no answer within " + KafkaAnswers.WITHIN.toSeconds() + " s");
                }
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Settings settings) {
        Map<String, Object> properties = new HashMap<>(StreamsSettings.clients(settings));
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG); // it reads without a group
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
