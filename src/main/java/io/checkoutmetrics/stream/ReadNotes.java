package io.checkoutmetrics.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Notes after each poll of a consumer how far it has read the input topic. For the consumer's thread alone. */
final class ReadNotes {
    private static final long NONE_RETURNED = -1;

    private final Consumer<byte[], byte[]> consumer;
    private final String inputTopic;
    private final InputPositions positions;
    private final Map<TopicPartition, Long> lastReturned = new HashMap<>();

    ReadNotes(Consumer<byte[], byte[]> consumer, String inputTopic, InputPositions positions) {
        this.consumer = consumer;
        this.inputTopic = inputTopic;
        this.positions = positions;
    }

    /** What was returned before is returned again: nothing of it counts as taken. */
    void sought(TopicPartition partition) {
        lastReturned.remove(partition);
        positions.released(partition, this);
    }

    void polled(ConsumerRecords<byte[], byte[]> records) {
        Set<TopicPartition> held = consumer.assignment();
        lastReturned.keySet().removeIf(partition -> {
            boolean lost = !held.contains(partition);
            if (lost) {
                positions.released(partition, this);
            }
            return lost;
        });
        for (TopicPartition partition : held) {
            if (partition.topic().equals(inputTopic)) {
                note(partition, records.records(partition));
            }
        }
    }

    private void note(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        long last = records.isEmpty()
                ? lastReturned.getOrDefault(partition, NONE_RETURNED)
                : records.get(records.size() - 1).offset();
        lastReturned.put(partition, last);
        try {
            long nextToFetch = consumer.position(partition, Duration.ZERO);
            positions.moved(partition, new InputPositions.Position(this, nextToFetch, last));
        } catch (TimeoutException e) {
            positions.released(partition, this); // where to read is not known yet: so neither is that all was read
        }
    }
}
