package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.SecuredKafka;
import io.checkoutmetrics.embedded.SecuredKafka.Door;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ACL that the job needs is taken away while it runs, or missing at its start. */
class RevokedAclIT {
    private static final int GARBAGE = 20;

    @TempDir
    Path folder;

    private SecuredKafka kafka;
    private EmbeddedRegistry registry;
    private JobAndOracle oracle;

    @BeforeEach
    void start() throws Exception {
        kafka = SecuredKafka.start(folder.resolve("broker"), "a-password");
        registry = EmbeddedRegistry.start();
        oracle = new JobAndOracle(folder, kafka.plainAddress(), registry.url());
    }

    @AfterEach
    void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void aclTakenAwayFromARunningJob_isWaitedFor_named_andNothingIsSkipped() throws Exception {
        oracle.createTopics(1);
        Path config = config();
        kafka.allow(printed(config));
        try (CommandProcess job = oracle.run(config)) {
            oracle.send(40);
            oracle.awaitCounts(job);
            assertWaitsFor("hits", AclOperation.READ, job);
            assertWaitsFor("checkout-dead-letters", AclOperation.WRITE, job);
            oracle.assertExact(job);
            assertThat(oracle.deadLetters()).isEqualTo(2 * GARBAGE);
            JobAndOracle.stop(job);
        }
    }

    private void assertWaitsFor(String topic, AclOperation operation, CommandProcess job) throws Exception {
        List<AclBinding> one = List.of(
                PrintedAcls.binding(ResourceType.TOPIC, PatternType.LITERAL, topic, operation, Door.SCRAM.principal()));
        kafka.forbid(one);
        oracle.sendGarbage(GARBAGE);
        oracle.send(40);
        await().until(() -> !job.isRunning()
                || job.err()
                        .contains("Kafka refuses us; tried again every 5 s: Not authorized to access topics: [" + topic
                                + "] The command \"topology\" prints the ACLs that the job needs."));
        assertThat(JobAndOracle.readiness(job)).contains("Kafka refuses us: look at ACLs and credentials");
        assertThat(oracle.hitsCommitted()).as("nothing is skipped").isLessThan(oracle.hitsSent());
        kafka.allow(one);
        await().until(() -> !job.isRunning() || oracle.hitsCommitted() >= oracle.hitsSent());
        assertThat(job.isRunning()).as(job.err()).isTrue();
    }

    @Test
    void topicThatMustNotBeCreated_stopsTheStart_andTheAclIsNamed() throws Exception {
        Path config = config("topics.create=true");
        kafka.allow(printed(config).stream()
                .filter(acl -> acl.entry().operation() != AclOperation.CREATE)
                .toList());
        try (CommandProcess job = oracle.run(config)) {
            assertThat(job.exitCode()).as(job.err()).isEqualTo(1);
            assertThat(job.err().lines())
                    .as(job.err())
                    .anyMatch(line -> line.startsWith("ACLs: Create is not allowed on Topic \"hits\""))
                    .anyMatch(line -> line.startsWith("ACLs: Create is not allowed on Topic \"checkout-metrics-…\""))
                    .noneMatch(line -> line.contains("\tat "));
        }
    }

    private List<AclBinding> printed(Path config) {
        try (CommandProcess topology = CommandProcess.start(folder, "topology", "--config", config.toString())) {
            assertThat(topology.exitCode()).as(topology.err()).isZero();
            return PrintedAcls.of(topology.out(), Door.SCRAM.principal());
        }
    }

    /** The job goes in by the guarded door. */
    private Path config(String... more) throws Exception {
        Path config = oracle.config(more);
        List<String> lines = new ArrayList<>(Files.readAllLines(config));
        lines.removeIf(line -> line.startsWith("kafka.bootstrap.servers="));
        kafka.client(Door.SCRAM).forEach((name, value) -> lines.add("kafka." + name + "=" + value));
        return Files.write(config, lines);
    }
}
