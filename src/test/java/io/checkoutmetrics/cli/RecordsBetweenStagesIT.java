package io.checkoutmetrics.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsBetweenStagesIT {
    private static final String GROUP = "checkout-metrics";
    private static final TopicPartition BETWEEN = new TopicPartition(GROUP + "-checkouts-repartition", 0);

    @TempDir
    Path folder;

    /** As a retention does that is shorter than the stop. */
    @Test
    void recordsDeletedWhileTheJobIsStopped_areNoSilentGap() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            JobAndOracle world = new JobAndOracle(folder, kafka.bootstrapServers(), registry.url());
            world.createTopics(1);
            Path config = world.config();
            try (CommandProcess job = world.run(config)) {
                world.send(100);
                world.awaitCounts(job);
                JobAndOracle.stop(job);
            }
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                lastIsNotTaken(admin);
                admin.deleteRecords(Map.of(BETWEEN, RecordsToDelete.beforeOffset(-1)))
                        .all()
                        .get();
            }
            try (CommandProcess job = world.run(config)) {
                assertThat(JobAndOracle.lastWords(job))
                        .startsWith("the job failed: the records of " + BETWEEN + " from offset ")
                        .contains("were deleted before they were counted", "Set retention.ms and retention.bytes");
            }
        }
    }

    /** By the second stage: mostly it has taken all when the job stops. */
    private static void lastIsNotTaken(Admin admin) throws Exception {
        OffsetAndMetadata taken = requireNonNull(admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(BETWEEN));
        OffsetAndMetadata before = new OffsetAndMetadata(taken.offset() - 1, taken.leaderEpoch(), taken.metadata());
        admin.alterConsumerGroupOffsets(GROUP, Map.of(BETWEEN, before)).all().get();
    }
}
