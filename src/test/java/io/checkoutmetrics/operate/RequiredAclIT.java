package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.HitProducer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the job on a broker that denies everything but the ACLs the job says it needs. */
class RequiredAclIT {
    @TempDir
    Path folder;

    @BeforeEach
    @AfterEach
    void forget() {
        DenyAll.ALLOWED.clear();
        DenyAll.DENIED.clear();
        DenyAll.USED.clear();
    }

    @Test
    void jobWithTheListedAcls_publishes_andAsksForNothingElse() throws Exception {
        Map<String, String> broker = Map.of("authorizer.class.name", DenyAll.class.getName());
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, broker);
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                Admin admin = Admin.create(setup(kafka))) {
            Settings settings = new SettingsSource()
                    .set("kafka.bootstrap.servers", kafka.bootstrapServers())
                    .set("schema.registry.url", registry.url())
                    .set("state.dir", folder.resolve("state").toString())
                    .set("kafka.repartition.purge.interval.ms", "200")
                    .read();
            DenyAll.ALLOWED.addAll(RequiredAcl.of(settings));
            admin.createTopics(
                            List.of("hits", "checkout-metrics", "checkout-intervals", "checkout-dead-letters").stream()
                                    .map(name -> new NewTopic(name, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
            send(kafka, registry);

            try (Job job = Job.start(settings)) {
                await().until(() -> {
                    job.awaitEnd(Duration.ofMillis(100));
                    return published(admin) > 0 && DenyAll.USED.contains("DELETE TOPIC checkout-metrics-");
                });
            }

            assertThat(DenyAll.DENIED).isEmpty();
            assertThat(DenyAll.USED)
                    .contains(
                            "READ TOPIC hits",
                            "WRITE TOPIC checkout-metrics",
                            "CREATE TOPIC checkout-metrics-",
                            "DELETE TOPIC checkout-metrics-",
                            "READ GROUP checkout-metrics",
                            "WRITE TRANSACTIONAL_ID checkout-metrics-");
        }
    }

    private static Map<String, Object> setup(EmbeddedKafka kafka) {
        return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "client.id", DenyAll.SETUP));
    }

    private static void send(EmbeddedKafka kafka, EmbeddedRegistry registry) throws Exception {
        try (HitProducer producer = new HitProducer(setup(kafka), registry.url())) {
            producer.send(Hit.newBuilder()
                    .setReportSuite("eu-shop")
                    .setEvents("scCheckout")
                    .build());
        }
    }

    private static long published(Admin admin) throws Exception {
        TopicPartition partition = new TopicPartition("checkout-metrics", 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
