package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.BrokerAndRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A topic that the job writes to is deleted while it runs. */
class GoneOutputIT {
    private static final int GARBAGE = 20;

    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    @TempDir
    Path folder;

    @Test
    void deadLetterTopicThatIsDeleted_stopsTheJob_andNoDeadLetterIsMissingOnceItIsBack() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", CLUSTER.brokers()))) {
            JobAndOracle oracle = new JobAndOracle(folder, CLUSTER.brokers(), CLUSTER.registryUrl());
            oracle.createTopics(2);
            Path config = oracle.config();
            try (CommandProcess job = oracle.run(config)) {
                oracle.send(40);
                oracle.awaitCounts(job);
                admin.deleteTopics(List.of("checkout-dead-letters")).all().get();
                oracle.sendGarbage(GARBAGE);
                oracle.send(40);
                assertThat(JobAndOracle.lastWords(job))
                        .startsWith("the job failed: \"checkout-dead-letters\" is gone. What was to go there is not"
                                + " committed");
                assertThat(job.err())
                        .as("its threads have ended, rather than been cut off while they wait for the topic")
                        .containsPattern("(ERROR|NOT_RUNNING) [(]was PENDING_");
                assertThat(oracle.hitsCommitted()).isLessThan(oracle.hitsSent());
            }
            try (CommandProcess again = oracle.run(config)) {
                assertThat(JobAndOracle.lastWords(again))
                        .startsWith("topics.dead-letters: \"checkout-dead-letters\" does not exist on ");
            }
            try (CommandProcess check =
                    CommandProcess.start(folder, "check", "--create", "--config", config.toString())) {
                assertThat(check.exitCode()).as(check.out()).isZero();
            }
            try (CommandProcess job = oracle.run(config)) {
                await().until(() -> oracle.deadLetters() == GARBAGE);
                oracle.assertExact(job);
                JobAndOracle.stop(job);
            }
        }
    }
}
