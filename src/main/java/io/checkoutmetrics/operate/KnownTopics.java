package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * IDs of the topics that the job began with: one made anew under the same name has another. The brokers keep them, as the
 * metadata of offsets of a group without members, for as long as they keep the offsets of the job itself. With a topic they
 * delete its offsets, so the IDs of all are kept with each.
 */
final class KnownTopics {
    private KnownTopics() {}

    static String group(Settings settings) {
        return settings.applicationId() + "-topics";
    }

    /** Topics with the IDs they had; empty when nothing is known. @throws org.apache.kafka.common.KafkaException */
    static Map<String, String> read(Admin admin, Settings settings) {
        String group = group(settings);
        Map<String, String> known = new HashMap<>();
        try {
            KafkaAnswers.of(admin.listConsumerGroupOffsets(
                                    Map.of(group, new ListConsumerGroupOffsetsSpec()),
                                    new ListConsumerGroupOffsetsOptions().timeoutMs(KafkaAnswers.withinMs()))
                            .partitionsToOffsetAndMetadata(group))
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            known.putAll(parse(Objects.toString(offset.metadata(), "")));
                        }
                    });
        } catch (GroupIdNotFoundException e) {
            // never ran
        }
        return known;
    }

    /** From now on these are the ones. @throws org.apache.kafka.common.KafkaException when the brokers do not take them */
    static void write(Admin admin, Settings settings, Map<String, Uuid> topics) {
        String all = topics.entrySet().stream()
                .map(topic -> topic.getKey() + "=" + topic.getValue())
                .collect(Collectors.joining(","));
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        topics.keySet().forEach(topic -> offsets.put(new TopicPartition(topic, 0), new OffsetAndMetadata(0, all)));
        KafkaAnswers.of(admin.alterConsumerGroupOffsets(
                        group(settings),
                        offsets,
                        new AlterConsumerGroupOffsetsOptions().timeoutMs(KafkaAnswers.withinMs()))
                .all());
    }

    /** Names of topics have neither commas nor equals signs. */
    private static Map<String, String> parse(String text) {
        Map<String, String> ids = new HashMap<>();
        for (String one : text.split(",", -1)) {
            int end = one.indexOf('=');
            if (end > 0) {
                ids.put(one.substring(0, end), one.substring(end + 1));
            }
        }
        return ids;
    }
}
