package io.checkoutmetrics.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** How far the consumers of this instance have read the input partitions they hold. Thread-safe. */
final class InputPositions {
    /**
     * @param owner the consumer that holds the partition
     * @param nextToFetch offset that the consumer reads next: everything before was handed to the engine, or is none of
     *     its business
     * @param lastReturned offset of the last record handed to the engine, or -1
     */
    record Position(Object owner, long nextToFetch, long lastReturned) {}

    private final Map<TopicPartition, Position> positions = new ConcurrentHashMap<>();

    void moved(TopicPartition partition, Position position) {
        positions.put(partition, position);
    }

    void released(TopicPartition partition, Object owner) {
        positions.computeIfPresent(partition, (tp, position) -> position.owner == owner ? null : position);
    }

    /**
     * Whether everything before {@code endOffset} has been taken: a later record was, or the consumer is there and what it
     * handed to the engine has gone through.
     *
     * @param nextOffset offset after the last record that the job took
     */
    boolean isTakenTo(TopicPartition partition, long endOffset, long nextOffset) {
        if (nextOffset >= endOffset && nextOffset > 0) {
            return true;
        }
        Position position = positions.get(partition);
        return position != null && position.nextToFetch >= endOffset && position.lastReturned < nextOffset;
    }
}
