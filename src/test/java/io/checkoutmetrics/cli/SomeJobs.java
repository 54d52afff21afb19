package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.TemporaryFolder;
import io.checkoutmetrics.oracle.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Jobs that share nothing but a broker, which is there for all tests of a class, and hits for them. */
final class SomeJobs implements BeforeAllCallback, AfterAllCallback {
    /** In each file of hits: checkouts of now, all of them different. */
    static final int HITS = 20;

    private static final AtomicInteger BATCHES = new AtomicInteger();

    private @Nullable TemporaryFolder made;
    private @Nullable EmbeddedKafka kafka;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        made = TemporaryFolder.create("some-jobs-");
        kafka = EmbeddedKafka.start(folder().resolve("kafka"));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (kafka != null) {
            kafka.close();
        }
        if (made != null) {
            made.close();
        }
    }

    Path folder() {
        return Objects.requireNonNull(made).path();
    }

    String brokers() {
        return Objects.requireNonNull(kafka).bootstrapServers();
    }

    /** A job of that name, in a folder of that name, which creates the topics that it misses. */
    ConfiguredJob job(String name, String registryUrl, String... more) throws IOException {
        Path own = folder().resolve(name);
        return ConfiguredJob.in(
                own,
                Map.of(
                        "application.id",
                        name,
                        "kafka.bootstrap.servers",
                        brokers(),
                        "schema.registry.url",
                        registryUrl,
                        "topics.input",
                        name + "-hits",
                        "topics.metrics",
                        name + "-metrics",
                        "topics.intervals",
                        name + "-intervals",
                        "topics.dead-letters",
                        name + "-dead-letters",
                        "topics.create",
                        "true",
                        "state.dir",
                        own.resolve("state").toString()),
                more);
    }

    /** A file of new hits. */
    String hits() throws IOException {
        Instant now = Instant.now();
        int batch = BATCHES.getAndIncrement();
        return Files.write(
                        Files.createTempFile(folder(), "hits", ".jsonl"),
                        IntStream.range(0, HITS)
                                .mapToObj(i -> "{\"reportSuite\":\"eu\",\"events\":\"scCheckout:A" + batch + "-" + i
                                        + "\",\"time\":\"" + now + "\",\"country\":\"fr\"}")
                                .toList())
                .toString();
    }

    /** Imports new hits. */
    void importHits(ConfiguredJob job) throws IOException {
        importHits(job, hits());
    }

    static void importHits(ConfiguredJob job, String file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--format", "jsonl"));
        arguments.addAll(List.of(more));
        arguments.add(file);
        try (CommandProcess run = job.command("import", arguments.toArray(String[]::new))) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains(HITS + " hits written to");
            assertThat(run.out()).isEmpty();
        }
    }

    /** How many records a topic has. */
    long size(String topic) {
        return new TopicReader(brokers(), "http://127.0.0.1:1")
                .ends(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    static void assertStopsWhenTold(CommandProcess job) {
        job.stop();
        job.stop();
        assertThat(job.exitCode()).as(job.err()).isZero();
        assertThat(job.out()).isEmpty();
    }
}
