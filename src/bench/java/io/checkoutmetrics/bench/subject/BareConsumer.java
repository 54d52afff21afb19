package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.workload.Truth;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The limit: a consumer that looks at nothing. Its settings are Kafka's, handed on as they are; by default it polls much
 * at once, and leaves the socket's buffer to the operating system, as the peers do.
 */
final class BareConsumer implements Subject {
    private final Assignment assignment;
    private final AtomicLong taken = new AtomicLong();

    BareConsumer(Assignment assignment) {
        this.assignment = assignment;
    }

    @Override
    public Drained drain() throws InterruptedException {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        config.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.putAll(assignment.settings());
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, assignment.run());
        DrainWatch watch = DrainWatch.start(assignment.hits(), taken::get);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = assignment.endOffsets().keySet().stream()
                    .map(partition -> new TopicPartition(assignment.topic(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (taken.get() < assignment.hits()) {
                taken.lazySet(taken.get() + consumer.poll(Duration.ofSeconds(1)).count());
            }
            consumer.commitSync();
            return watch.committed();
        }
    }

    @Override
    public void check(Truth truth) {
        Checks.equal("hits", truth.hits(), taken.get());
    }
}
