package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job comes up before its brokers do. */
class BrokersAwayIT {
    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void jobStartedBeforeItsBrokers_isAliveAndNotReady_andStartsByItselfOnceTheyAnswer() throws Exception {
        int port = Ports.free();
        EmbeddedKafka before = EmbeddedKafka.start(folder.resolve("kafka"), port, java.util.Map.of());
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            JobAndOracle oracle = new JobAndOracle(folder, before.bootstrapServers(), registry.url());
            oracle.createTopics(1);
            oracle.send(40);
            before.close();
            String address = "127.0.0.1:" + Ports.free();
            Path config = oracle.config();
            try (CommandProcess job = oracle.run(config, "--set", "http.listen=" + address)) {
                await().atMost(JobAndOracle.PATIENCE)
                        .until(() -> job.err()
                                .contains("waiting for Kafka: no broker answers" + " at 127.0.0.1:" + port + " "));
                assertThat(get(address, "/livez").statusCode()).isEqualTo(200);
                assertThat(get(address, "/"))
                        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                        .satisfies(answer -> assertThat(answer.headers().firstValue("Refresh"))
                                .hasValue("2"))
                        .satisfies(answer -> assertThat(answer.body()).startsWith("The job has not started yet; "));
                assertThat(get(address, "/readyz"))
                        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                        .satisfies(answer -> assertThat(answer.body())
                                .contains("none answers: the job starts when one does")
                                .doesNotContain(Integer.toString(port)));
                try (EmbeddedKafka back = EmbeddedKafka.start(folder.resolve("kafka"), port, java.util.Map.of())) {
                    assertThat(back.port()).isEqualTo(port);
                    oracle.assertExact(job);
                    await().atMost(JobAndOracle.PATIENCE)
                            .until(() -> get(address, "/readyz").statusCode() == 200);
                    assertThat(get(address, "/").statusCode()).isEqualTo(200);
                    assertThat(get(address, "/nowhere").statusCode()).isEqualTo(404);
                    assertThat(job.err()).doesNotContain("\tat ");
                    JobAndOracle.stop(job);
                }
            }
        }
    }

    @Test
    void jobThatWaitsForBrokers_stopsWhenTold() throws Exception {
        JobAndOracle nobody = new JobAndOracle(folder, "127.0.0.1:1", "http://127.0.0.1:1");
        try (CommandProcess job = nobody.run(nobody.config())) {
            await().atMost(JobAndOracle.PATIENCE).until(() -> job.err().contains("no broker answers at 127.0.0.1:1 "));
            JobAndOracle.stop(job);
            assertThat(job.err().lines()).as(job.err()).hasSize(1);
        }
    }

    /** In a cluster of containers a name resolves once its container is there. */
    @Test
    void namesThatDoNotResolveYet_areWaitedForToo_andNamed() throws Exception {
        JobAndOracle nowhere = new JobAndOracle(folder, "no-such-host.invalid:9092", "http://127.0.0.1:1");
        try (CommandProcess job = nowhere.run(nowhere.config())) {
            await().atMost(JobAndOracle.PATIENCE)
                    .until(() -> job.err().contains("no host of no-such-host.invalid:9092 can be found. Correct the"));
            JobAndOracle.stop(job);
        }
    }

    @Test
    void wrongSettings_areToldAtOnce_thoughNoBrokerAnswers() throws Exception {
        JobAndOracle nobody = new JobAndOracle(folder, "no-such-host.invalid:9092", "http://127.0.0.1:1");
        try (CommandProcess job = nobody.run(nobody.config("value.serializer=com.example.Missing"))) {
            assertThat(job.exitCode()).as(job.err()).isEqualTo(2);
            assertThat(job.err()).startsWith("value.serializer: com.example.Missing is not on the class path.");
        }
    }

    private HttpResponse<String> get(String address, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
