package io.checkoutmetrics.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * When a hit was received: the record's timestamp. A record without one (-1) would be dropped by the engine unseen; it
 * is given the epoch, and judged like every other.
 */
final class ReceivedTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }
}
