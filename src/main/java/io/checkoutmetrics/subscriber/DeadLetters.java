package io.checkoutmetrics.subscriber;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.operate.KafkaFailures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The hits that a job could not count. */
public final class DeadLetters {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final String REASON = "reason";

    private DeadLetters() {}

    /**
     * Hands out reason and original bytes of those that were written from that time on, until the end that their topic has
     * now. None where there is no such topic.
     *
     * @throws KafkaException when they cannot be read
     */
    public static void read(Settings settings, Instant from, BiConsumer<String, byte @Nullable []> taker) {
        String topic = settings.topics().deadLetters();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
            List<PartitionInfo> found = consumer.partitionsFor(topic, ANSWER_WITHIN);
            if (found == null || found.isEmpty()) {
                return;
            }
            List<TopicPartition> partitions = found.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
            seek(consumer, from, ends);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(100))) {
                    Header reason = letter.headers().lastHeader(REASON);
                    taker.accept(
                            reason == null ? "" : new String(reason.value(), StandardCharsets.UTF_8), letter.value());
                }
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Settings settings) {
        try {
            return new KafkaConsumer<>(OutputSubscriber.consumerSettings(settings.kafka()));
        } catch (KafkaException e) {
            throw KafkaFailures.atCreation(e, settings);
        }
    }

    private static void seek(KafkaConsumer<byte[], byte[]> consumer, Instant from, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, from.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> firsts = consumer.offsetsForTimes(times, ANSWER_WITHIN);
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp first = firsts.get(partition);
            consumer.seek(partition, first == null ? end : first.offset());
        });
    }
}
