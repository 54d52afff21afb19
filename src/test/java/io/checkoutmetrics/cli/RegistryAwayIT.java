package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.registry.AvroSerializer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry is away for longer than the group waits for a member that does not ask for hits. */
class RegistryAwayIT {
    @TempDir
    Path folder;

    @Test
    void jobThatLosesItsPlaceInTheGroupWhileItWaits_takesItAgain_andNoHitIsLost() throws Exception {
        EmbeddedRegistry before = EmbeddedRegistry.start();
        int port = before.port();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            JobAndOracle oracle = new JobAndOracle(folder, kafka.bootstrapServers(), before.url());
            oracle.createTopics(2);
            oracle.send(100);
            before.close();
            try (CommandProcess job = oracle.run(oracle.config("kafka.max.poll.interval.ms=6000"))) {
                await().atMost(JobAndOracle.PATIENCE)
                        .until(() -> job.err().contains("waiting for the schema registry"));
                await("it does not ask for hits in time, and is put out of the group")
                        .atMost(JobAndOracle.PATIENCE)
                        .until(() -> members(admin) == 0);
                try (EmbeddedRegistry back = EmbeddedRegistry.start(port);
                        AvroSerializer<Hit> sameIdAsBefore = new AvroSerializer<>()) {
                    sameIdAsBefore.configure(Map.of("schema.registry.url", back.url()), false);
                    sameIdAsBefore.serialize(
                            "hits", Hit.newBuilder().setReportSuite("eu").build());
                    oracle.assertExact(job);
                    assertThat(oracle.deadLetters()).isZero();
                    JobAndOracle.stop(job);
                }
            }
        }
    }

    private static int members(Admin admin) throws Exception {
        return admin.describeConsumerGroups(List.of("checkout-metrics")).all().get().values().stream()
                .mapToInt(group -> group.members().size())
                .sum();
    }
}
