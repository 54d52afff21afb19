package io.checkoutmetrics.bench.subject;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the shoulder of the restore consumer. The time until its next batch, in which a batch is put into the
 * stores, is shared among the stores by their records in it. Kafka makes the instance; within this process all meet
 * here.
 */
public final class RestoreWatch implements ConsumerInterceptor<byte[], byte[]> {
    private static final Map<String, Restored> BY_TOPIC = new TreeMap<>();
    private static Map<String, Restored> batch = Map.of();
    private static long batchNanos;

    /**
     * @param records of a changelog
     * @param bytes of their keys and values
     * @param seconds they took
     */
    record Restored(long records, long bytes, double seconds) {
        Restored plus(Restored other) {
            return new Restored(records + other.records, bytes + other.bytes, seconds + other.seconds);
        }
    }

    /** What was restored from each changelog so far; the last batch is over now. */
    static synchronized Map<String, Restored> soFar() {
        endBatch(System.nanoTime());
        return new TreeMap<>(BY_TOPIC);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        synchronized (RestoreWatch.class) {
            long nowNanos = System.nanoTime();
            endBatch(nowNanos);
            batch = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> one : records) {
                long bytes = Math.max(0, one.serializedKeySize()) + Math.max(0, one.serializedValueSize());
                batch.merge(one.topic(), new Restored(1, bytes, 0), Restored::plus);
            }
            batchNanos = nowNanos;
        }
        return records;
    }

    private static void endBatch(long nowNanos) {
        long records = batch.values().stream().mapToLong(Restored::records).sum();
        double seconds = (nowNanos - batchNanos) / 1e9;
        batch.forEach((topic, one) -> BY_TOPIC.merge(
                topic, new Restored(one.records, one.bytes, seconds * one.records / records), Restored::plus));
        batch = Map.of();
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // a restore consumer commits nothing
    }

    @Override
    public void configure(Map<String, ? extends @Nullable Object> settings) {
        // there is nothing to set
    }

    @Override
    public void close() {
        // the figures stay
    }
}
