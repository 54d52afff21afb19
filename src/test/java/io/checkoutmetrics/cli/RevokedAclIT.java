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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An ACL that the job needs is missing at its start, or is taken away while it runs. */
class RevokedAclIT {
    private static final int GARBAGE = 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"hits, READ, Read", "checkout-metrics, WRITE, Write", "checkout-dead-letters, WRITE, Write"})
    void aclTakenAwayFromARunningJob_stopsIt_named_andNothingIsSkippedOnceItIsBack(
            String topic, AclOperation operation, String word) throws Exception {
        try (SecuredKafka kafka = SecuredKafka.start(folder.resolve("broker"), "a-password");
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            JobAndOracle oracle = new JobAndOracle(folder, kafka.plainAddress(), registry.url());
            oracle.createTopics(1);
            Path config = secured(oracle.config(), kafka);
            kafka.allow(printed(config));
            List<AclBinding> one = List.of(PrintedAcls.binding(
                    ResourceType.TOPIC, PatternType.LITERAL, topic, operation, Door.SCRAM.principal()));
            awaitNoProblem(config);
            try (CommandProcess job = oracle.run(config)) {
                oracle.send(40);
                oracle.awaitCounts(job);
                kafka.forbid(one);
                oracle.sendGarbage(GARBAGE);
                oracle.send(40);
                assertThat(JobAndOracle.lastWords(job))
                        .startsWith("the job failed: ")
                        .contains(topic, "The command \"topology\" prints the ACLs that the job needs.");
            }
            try (CommandProcess again = oracle.run(config)) {
                assertThat(again.exitCode()).as(again.err()).isEqualTo(1);
                assertThat(again.err())
                        .contains("ACLs: " + word)
                        .contains(" is not allowed on Topic \"" + topic + "\"")
                        .doesNotContain("\tat ");
            }
            kafka.allow(one);
            awaitNoProblem(config);
            try (CommandProcess job = oracle.run(config)) {
                oracle.assertExact(job);
                assertThat(oracle.deadLetters()).isEqualTo(GARBAGE);
                JobAndOracle.stop(job);
            }
        }
    }

    @Test
    void topicThatMustNotBeCreated_stopsTheStart_andTheAclIsNamed() throws Exception {
        try (SecuredKafka kafka = SecuredKafka.start(folder.resolve("broker"), "a-password");
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            JobAndOracle oracle = new JobAndOracle(folder, kafka.plainAddress(), registry.url());
            Path config = secured(oracle.config("topics.create=true"), kafka);
            kafka.allow(printed(config).stream()
                    .filter(acl -> acl.entry().operation() != AclOperation.CREATE)
                    .toList());
            try (CommandProcess job = oracle.run(config)) {
                assertThat(job.exitCode()).as(job.err()).isEqualTo(1);
                assertThat(job.err().lines())
                        .as(job.err())
                        .anyMatch(line -> line.startsWith("ACLs: Create is not allowed on Topic \"hits\""))
                        .anyMatch(
                                line -> line.startsWith("ACLs: Create is not allowed on Topic \"checkout-metrics-…\""))
                        .noneMatch(line -> line.contains("\tat "));
            }
        }
    }

    /** ACLs take a moment to be known to the broker. */
    private void awaitNoProblem(Path config) {
        await().atMost(JobAndOracle.PATIENCE).untilAsserted(() -> {
            try (CommandProcess check = CommandProcess.start(folder, "check", "--config", config.toString())) {
                assertThat(check.exitCode()).as(check.out()).isZero();
            }
        });
    }

    private List<AclBinding> printed(Path config) {
        try (CommandProcess topology = CommandProcess.start(folder, "topology", "--config", config.toString())) {
            assertThat(topology.exitCode()).as(topology.err()).isZero();
            return PrintedAcls.of(topology.out(), Door.SCRAM.principal());
        }
    }

    /** The job goes in by the guarded door. */
    private static Path secured(Path config, SecuredKafka kafka) throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(config));
        lines.removeIf(line -> line.startsWith("kafka.bootstrap.servers="));
        kafka.client(Door.SCRAM).forEach((name, value) -> lines.add("kafka." + name + "=" + value));
        return Files.write(config, lines);
    }
}
