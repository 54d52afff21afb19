package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Whether the input topic still has the hits at which the job goes on. */
final class OffsetCheck {
    private static final String SUBJECT = "offsets";

    private final Settings settings;
    private final Map<TopicPartition, Long> committed;

    private OffsetCheck(Settings settings, Map<TopicPartition, Long> committed) {
        this.settings = settings;
        this.committed = committed;
    }

    /** @throws org.apache.kafka.common.KafkaException when Kafka refuses or does not answer */
    static OffsetCheck ask(Admin admin, Settings settings) {
        String group = settings.applicationId();
        Map<TopicPartition, Long> committed = new HashMap<>();
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = KafkaAnswers.of(admin.listConsumerGroupOffsets(
                            Map.of(group, new ListConsumerGroupOffsetsSpec()),
                            new ListConsumerGroupOffsetsOptions().timeoutMs(KafkaAnswers.withinMs()))
                    .partitionsToOffsetAndMetadata(group));
            offsets.forEach((partition, offset) -> {
                if (offset != null && partition.topic().equals(settings.topics().input())) {
                    committed.put(partition, offset.offset());
                }
            });
        } catch (GroupIdNotFoundException e) {
            // never ran
        }
        return new OffsetCheck(settings, committed);
    }

    /** Whether the job has committed anything. */
    boolean hasBegun() {
        return !committed.isEmpty();
    }

    /** @param partitions of the input topic */
    Finding of(Admin admin, int partitions) {
        if (committed.isEmpty()) {
            return Finding.ok(SUBJECT, "the job has not begun: it reads \"" + topic() + "\" from its beginning");
        }
        Map<TopicPartition, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets(admin, partitions, OffsetSpec.latest());
        Map<Integer, String> gaps = new TreeMap<>();
        long waiting = 0;
        for (Map.Entry<TopicPartition, Long> at : committed.entrySet()) {
            long begins = first.getOrDefault(at.getKey(), 0L);
            long ends = end.getOrDefault(at.getKey(), 0L);
            if (at.getValue() > ends) {
                return Finding.problem(
                        SUBJECT,
                        "the job is at offset " + at.getValue() + " of " + at.getKey() + ", which ends at " + ends
                                + ": \"" + topic() + "\" was deleted and made anew.",
                        "Start anew under another application.id, with output topics of its own.");
            }
            if (at.getValue() < begins) {
                gaps.put(at.getKey().partition(), at.getKey() + "@" + at.getValue() + " to " + (begins - 1));
            }
            waiting += ends - Math.max(begins, at.getValue());
        }
        return gaps.isEmpty() ? Finding.ok(SUBJECT, "offsets still to read: " + waiting) : gap(gaps);
    }

    /** The job has counted, and nobody knows how far it came: from the beginning, hits would count again. */
    Finding lost() {
        return Finding.problem(
                SUBJECT,
                "the group \"" + settings.applicationId() + "\" has no offsets of \"" + topic()
                        + "\" any more, but what the job counted is there: where it has to go on is not known. Brokers"
                        + " delete the offsets of a group that was away for longer than their offsets.retention.minutes.",
                "Either start anew under another application.id, with output topics of its own; or say where to go on:"
                        + " end all instances and run " + reset(topic(), "--to-datetime <when the job stopped>")
                        + ". Of hits that are read again, those count twice whose interval is still open and whose event"
                        + " ID or hit ID the job does not remember; hits that are left out never count.");
    }

    private Finding gap(Map<Integer, String> gaps) {
        String partitions = gaps.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
        return Finding.problem(
                SUBJECT,
                "\"" + topic() + "\" no longer has hits that were not counted yet: " + String.join("; ", gaps.values())
                        + ". Its retention was shorter than the job's pause.",
                "To go on without them, end all instances and run "
                        + reset(topic() + ":" + partitions, "--to-earliest"));
    }

    /** What to run: with which options of Kafka's own tool. */
    private String reset(String where, String to) {
        return "kafka-consumer-groups.sh --bootstrap-server "
                + settings.kafka().getOrDefault("bootstrap.servers", "") + " --group " + settings.applicationId()
                + " --topic " + where + " --reset-offsets " + to + " --execute";
    }

    private Map<TopicPartition, Long> offsets(Admin admin, int partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic(), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> spec));
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answers =
                KafkaAnswers.of(admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs(KafkaAnswers.withinMs()))
                        .all());
        return answers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, answer -> answer.getValue().offset()));
    }

    private String topic() {
        return settings.topics().input();
    }
}
