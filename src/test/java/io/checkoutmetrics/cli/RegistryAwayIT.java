package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.HitProducer;
import io.checkoutmetrics.embedded.Ports;
import io.checkoutmetrics.oracle.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job whose registry does not answer, or refuses it. */
class RegistryAwayIT {
    @RegisterExtension
    static final SomeJobs JOBS = new SomeJobs();

    @Test
    void registryDownAtStart_isWaitedFor_withinTheGroup_andNoHitIsLost() throws IOException {
        EmbeddedRegistry before = EmbeddedRegistry.start(Ports.free());
        int port = before.port();
        ConfiguredJob configured = JOBS.job(
                "patient", before.url(), "kafka.max.poll.interval.ms=5000", "kafka.transaction.timeout.ms=5000");
        JOBS.importHits(configured);
        before.close();
        try (CommandProcess job = configured.run()) {
            await().until(() -> job.err().contains("waiting for the schema registry"));
            await().during(Duration.ofSeconds(8)) // longer than a thread may stay away from Kafka
                    .until(job::isRunning);
            try (EmbeddedRegistry back = EmbeddedRegistry.start(port)) {
                HitProducer.registerSchema(back.url(), "patient-hits");
                TopicReader topics = new TopicReader(JOBS.brokers(), back.url());
                await().until(() -> topics.published("patient-metrics").stream()
                        .anyMatch(one -> one.value().at("/windows/0/checkouts").asLong() == SomeJobs.HITS));
            }
            assertThat(JOBS.size("patient-dead-letters")).isZero();
            assertThat(job.err()).containsOnlyOnce("RUNNING (was").doesNotContain("died");
            SomeJobs.assertStopsWhenTold(job);
        }
    }

    @Test
    void hitsDeletedBeforeTheyWereRead_stopTheJob_sayingWhich() throws Exception {
        EmbeddedRegistry before = EmbeddedRegistry.start(Ports.free());
        int port = before.port();
        ConfiguredJob configured = JOBS.job("overtaken", before.url());
        JOBS.importHits(configured);
        before.close();
        try (CommandProcess job = configured.run();
                Admin admin = Admin.create(Map.of("bootstrap.servers", JOBS.brokers()))) {
            await().until(() -> job.err().contains("waiting for the schema registry"));
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            new TopicReader(JOBS.brokers(), before.url())
                    .ends("overtaken-hits")
                    .forEach((partition, end) -> all.put(
                            new TopicPartition("overtaken-hits", partition), RecordsToDelete.beforeOffset(end)));
            admin.deleteRecords(all).all().get();
            try (EmbeddedRegistry back = EmbeddedRegistry.start(port)) {
                HitProducer.registerSchema(back.url(), "overtaken-hits");
                job.exitCode();
            }
            assertThat(JobAndOracle.lastWords(job))
                    .startsWith("the job failed: the hits of overtaken-hits-")
                    .contains("from offset 0 on were deleted before they were counted");
        }
    }

    @Test
    void jobThatWaitsForTheRegistry_stopsWhenTold() throws IOException {
        ConfiguredJob configured;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            configured = JOBS.job("waiting", registry.url());
            JOBS.importHits(configured);
        }
        try (CommandProcess job = configured.run()) {
            await().until(() -> job.err().contains("waiting for the schema registry"));
            SomeJobs.assertStopsWhenTold(job);
        }
    }

    @Test
    void registryThatRefuses_stopsTheJob_andNoHitBecomesADeadLetter() throws IOException {
        HttpServer refusing = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        refusing.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        refusing.start();
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            JOBS.importHits(JOBS.job("refused", registry.url()));
            ConfiguredJob configured = JOBS.job(
                    "refused", "http://127.0.0.1:" + refusing.getAddress().getPort());
            try (CommandProcess job = configured.run()) {
                assertThat(JobAndOracle.lastWords(job))
                        .startsWith("the job failed: schema registry http://127.0.0.1:")
                        .contains("HTTP 401", "Set valid credentials");
            }
            assertThat(JOBS.size("refused-dead-letters")).isZero();
        } finally {
            refusing.stop(0);
        }
    }
}
