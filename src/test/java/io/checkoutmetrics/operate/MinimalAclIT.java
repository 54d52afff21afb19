package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.SecuredKafka;
import io.checkoutmetrics.embedded.SecuredKafka.Door;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a broker that denies everything else: with the listed ACLs nothing is missing, and each that is taken away is named. */
class MinimalAclIT {
    private static final Duration PATIENCE = Patience.LONG;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Door.class)
    void everyAclTakenAway_isNamedByThePreflight(Door door) throws Exception {
        try (SecuredKafka kafka = SecuredKafka.start(folder, "a-password");
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            Settings settings = settings(kafka, registry, door);
            kafka.create("hits", "checkout-metrics", "checkout-intervals", "checkout-dead-letters");
            List<RequiredAcl> acls = RequiredAcl.of(settings);
            for (RequiredAcl acl : acls) {
                kafka.allow(acl.operations().stream()
                        .map(operation -> binding(door, acl, operation))
                        .toList());
            }
            startOnce(settings);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(problems(settings)).isEmpty());
            for (RequiredAcl acl : acls) {
                for (AclOperation operation : acl.operations()) {
                    List<AclBinding> one = List.of(binding(door, acl, operation));
                    kafka.forbid(one);
                    String expected = TopologyReport.word(operation);
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(problems(settings))
                                    .as("without %s on %s", operation, acl)
                                    .anyMatch(line -> line.startsWith("ACLs: ")
                                            && line.contains("\"" + acl.name())
                                            && line.substring(0, line.indexOf(" is not allowed"))
                                                    .contains(expected)));
                    kafka.allow(one);
                }
            }
        }
    }

    @Test
    void withoutAnyAcl_allAreNamedAtOnce() throws Exception {
        try (SecuredKafka kafka = SecuredKafka.start(folder, "a-password");
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            Settings settings = settings(kafka, registry, Door.SCRAM);
            kafka.create("hits", "checkout-metrics", "checkout-intervals", "checkout-dead-letters");
            List<String> problems = problems(settings);
            for (RequiredAcl acl : RequiredAcl.of(settings)) {
                assertThat(problems).anyMatch(line -> line.contains(" \"" + acl.name()));
            }
        }
    }

    /** So that the internal topics are there. */
    private static void startOnce(Settings settings) {
        try (Job job = Job.start(settings)) {
            await().atMost(PATIENCE).until(() -> {
                job.awaitEnd(Duration.ofMillis(100));
                return job.state().equals("RUNNING");
            });
        }
    }

    private static List<String> problems(Settings settings) {
        return Preflight.findings(settings, false).stream()
                .filter(Finding::isProblem)
                .map(Finding::line)
                .toList();
    }

    private static AclBinding binding(Door door, RequiredAcl acl, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(acl.resource(), acl.name(), acl.pattern()),
                new AccessControlEntry(door.principal(), "*", operation, AclPermissionType.ALLOW));
    }

    private Settings settings(SecuredKafka kafka, EmbeddedRegistry registry, Door door) {
        SettingsSource source = new SettingsSource()
                .set("schema.registry.url", registry.url())
                .set("state.dir", folder.resolve("state").toString())
                .set("state.dir.temporary", "true");
        kafka.client(door).forEach((name, value) -> source.set("kafka." + name, value));
        return source.read();
    }
}
