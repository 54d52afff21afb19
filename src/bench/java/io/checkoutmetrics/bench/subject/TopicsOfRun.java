package io.checkoutmetrics.bench.subject;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The topics and offsets that a run has made, as the broker sees them. */
final class TopicsOfRun implements AutoCloseable {
    private static final long ASK_AGAIN_NANOS = 10_000_000;

    private final Assignment assignment;
    private final Admin admin;

    TopicsOfRun(Assignment assignment) {
        this.assignment = assignment;
        this.admin = Admin.create(Map.of("bootstrap.servers", assignment.bootstrapServers()));
    }

    /**
     * Waits until the group has committed the input to its end and the topics between its stages to theirs, and no
     * transaction is open.
     */
    void awaitCommitted(Duration most) throws InterruptedException, ExecutionException {
        List<TopicPartition> made = partitions();
        long untilNanos = System.nanoTime() + most.toNanos();
        String missing = missing(made);
        while (!missing.isEmpty()) {
            if (System.nanoTime() > untilNanos) {
                throw new IllegalStateException("not committed: " + missing);
            }
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
            missing = missing(made);
        }
    }

    private String missing(List<TopicPartition> made) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(assignment.run())
                .partitionsToOffsetAndMetadata()
                .get();
        for (Map.Entry<Integer, Long> end : assignment.endOffsets().entrySet()) {
            TopicPartition partition = new TopicPartition(assignment.topic(), end.getKey());
            if (offset(committed, partition) < end.getValue()) {
                return partition + " at " + offset(committed, partition) + " of " + end.getValue();
            }
        }
        Map<TopicPartition, Long> all = ends(made, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> stable = ends(made, IsolationLevel.READ_COMMITTED);
        for (TopicPartition partition : made) {
            if (!Objects.equals(all.get(partition), stable.get(partition))) {
                return "a transaction on " + partition;
            }
        }
        boolean isTransactional = !assignment
                .setting("kafka.processing.guarantee", "exactly_once_v2")
                .equals("at_least_once");
        if (!isTransactional) {
            for (TopicPartition partition : made) {
                if (partition.topic().endsWith("-repartition")
                        && offset(committed, partition) < all.getOrDefault(partition, 0L)) {
                    return partition + " at " + offset(committed, partition) + " of " + all.get(partition);
                }
            }
        }
        return "";
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null ? 0 : offset.offset();
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel isolation)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())),
                        new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private List<TopicPartition> partitions() throws InterruptedException, ExecutionException {
        Set<String> names = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(assignment.run() + "-"))
                .collect(Collectors.toSet());
        Map<String, TopicDescription> described =
                admin.describeTopics(names).allTopicNames().get();
        return described.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    /** On the brokers' disks, by topic. */
    Map<String, Long> bytes() throws InterruptedException, ExecutionException {
        Map<String, Long> bytes = new HashMap<>();
        List<Integer> brokers = admin.describeCluster().nodes().get().stream()
                .map(node -> node.id())
                .toList();
        admin.describeLogDirs(brokers)
                .allDescriptions()
                .get()
                .values()
                .forEach(folders -> folders.values()
                        .forEach(folder -> folder.replicaInfos()
                                .forEach((partition, replica) ->
                                        bytes.merge(partition.topic(), replica.size(), Long::sum))));
        return bytes;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
