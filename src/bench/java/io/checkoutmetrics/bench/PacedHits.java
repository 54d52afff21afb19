package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.workload.HitStream;
import io.checkoutmetrics.bench.workload.HitsTopic;
import io.checkoutmetrics.bench.workload.MadeHit;
import io.checkoutmetrics.bench.workload.Traffic;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends so many hits a second, dated now. */
final class PacedHits {
    private static final long TICK_NANOS = 1_000_000;
    private static final int LINGER_MS = 2;

    private final String bootstrapServers;
    private final String topic;
    private final long seed;

    PacedHits(String bootstrapServers, String topic, long seed) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.seed = seed;
    }

    /** Is told of every checkout right before it is sent. */
    interface Listener {
        void sending(String suite);
    }

    /**
     * Sends at a pace; what the machine is too slow for is sent late, and shows in how long it takes.
     *
     * @return how many hits a second there were
     */
    double send(int hitsPerSecond, int seconds, Listener listener) {
        HitStream hits = new HitStream(seed, Traffic.USUAL.withoutDuplicates());
        long all = (long) hitsPerSecond * seconds;
        long sent = 0;
        long startNanos = System.nanoTime();
        try (KafkaProducer<byte[], byte[]> producer = HitsTopic.producer(bootstrapServers, LINGER_MS)) {
            while (sent < all) {
                long due = Math.min(all, (System.nanoTime() - startNanos) * hitsPerSecond / 1_000_000_000L);
                while (sent < due) {
                    MadeHit hit = hits.next(System.currentTimeMillis());
                    if (hit.isCheckout()) {
                        listener.sending(HitStream.suite(hit.suite()));
                    }
                    producer.send(
                            new ProducerRecord<>(topic, hit.partition(), hit.receivedMs(), hit.key(), hit.value()));
                    sent++;
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
        return sent * 1e9 / (System.nanoTime() - startNanos);
    }
}
