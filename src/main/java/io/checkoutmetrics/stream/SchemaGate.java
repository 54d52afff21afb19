package io.checkoutmetrics.stream;

import io.checkoutmetrics.registry.WireFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Lets polled hits through up to the first of each partition whose schema is not decided on yet; that one and those after it
 * are to be polled again once it is. So no stream thread waits for the registry: it goes on with other partitions,
 * commits, and stays in its group. Not thread-safe: each consumer has its own.
 */
final class SchemaGate {
    private final String topic;
    private final WriterSchemas schemas;
    private final Map<TopicPartition, Integer> awaited = new HashMap<>();

    SchemaGate(String topic, WriterSchemas schemas) {
        this.topic = topic;
        this.schemas = schemas;
    }

    /** The records that may go on; those of partitions that are held back begin after where they have to be polled from. */
    ConsumerRecords<byte[], byte[]> pass(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, Integer> undecided = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            if (partition.topic().equals(topic)) {
                int first = firstUndecided(partition, polled.records(partition));
                if (first >= 0) {
                    undecided.put(partition, first);
                }
            }
        }
        return undecided.isEmpty() ? polled : cut(polled, undecided);
    }

    /** Asks for all schemas at once, so that several unknown ones take no longer than one. */
    private int firstUndecided(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        int first = -1;
        for (int i = 0; i < records.size(); i++) {
            byte @Nullable [] value = records.get(i).value();
            if (value == null || !WireFormat.isFramed(value)) {
                continue;
            }
            int schema = WireFormat.schemaId(value);
            if (!schemas.isDecided(schema) && first < 0) {
                first = i;
                awaited.put(partition, schema);
            }
        }
        return first;
    }

    private static ConsumerRecords<byte[], byte[]> cut(
            ConsumerRecords<byte[], byte[]> polled, Map<TopicPartition, Integer> lengths) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            Integer length = lengths.get(partition);
            if (length == null) {
                kept.put(partition, records);
            } else {
                ConsumerRecord<byte[], byte[]> held = records.get(length);
                next.put(partition, new OffsetAndMetadata(held.offset(), held.leaderEpoch(), ""));
                if (length > 0) {
                    kept.put(partition, records.subList(0, length));
                }
            }
        }
        return new ConsumerRecords<>(kept, next);
    }

    /** The partitions that are held back. */
    Set<TopicPartition> held() {
        return Set.copyOf(awaited.keySet());
    }

    /** Whether what the partition was held back for is decided; then it is not held back any more. */
    boolean opens(TopicPartition partition) {
        Integer schema = awaited.get(partition);
        if (schema == null || !schemas.isDecided(schema)) {
            return false;
        }
        awaited.remove(partition);
        return true;
    }

    /** The partition is somebody else's, or is read from elsewhere. */
    void forget(TopicPartition partition) {
        awaited.remove(partition);
    }
}
