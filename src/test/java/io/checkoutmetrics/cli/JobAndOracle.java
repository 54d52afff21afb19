package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.HitProducer;
import io.checkoutmetrics.oracle.Accounts;
import io.checkoutmetrics.oracle.Audit;
import io.checkoutmetrics.oracle.Published;
import io.checkoutmetrics.oracle.Recount;
import io.checkoutmetrics.oracle.Rules;
import io.checkoutmetrics.oracle.TopicReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A job whose finals come within seconds, hits for it, and the oracle's word on whether each of them became exactly what it
 * must. Topics have their default names; those who judge go in where no proof is asked for.
 */
final class JobAndOracle {
    static final Duration PATIENCE = Patience.LONG;
    private static final Map<String, String> RULES = Map.of("grace", "2s", "intervals", "2s");
    private static final Map<String, String> PACE =
            Map.of("windows", "10s/1s", "idle.timeout", "1s", "publish.alive", "1s");

    private final Path folder;
    private final String brokers;
    private final String registry;

    /** @param brokers plain address, for hits and oracle */
    JobAndOracle(Path folder, String brokers, String registry) {
        this.folder = folder;
        this.brokers = brokers;
        this.registry = registry;
    }

    /** The job's settings in a file. */
    Path config(String... more) throws IOException {
        Map<String, String> settings = new HashMap<>(PACE);
        settings.putAll(RULES);
        settings.put("kafka.bootstrap.servers", brokers);
        settings.put("schema.registry.url", registry);
        settings.put("state.dir", folder.resolve("state").toString());
        return ConfiguredJob.in(folder, settings, more).file();
    }

    CommandProcess run(Path config, String... more) {
        return new ConfiguredJob(folder, config).run(more);
    }

    /** Topics as they should be, hits dated by the brokers. */
    void createTopics(int partitions) throws Exception {
        Map<String, String> dated = Map.of("message.timestamp.type", "LogAppendTime");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(
                            new NewTopic("hits", partitions, (short) 1).configs(dated),
                            new NewTopic("checkout-metrics", partitions, (short) 1).configs(dated),
                            new NewTopic("checkout-intervals", partitions, (short) 1).configs(dated),
                            new NewTopic("checkout-dead-letters", partitions, (short) 1).configs(dated)))
                    .all()
                    .get();
        }
    }

    /**
     * Sends hits of now. Every second one is a checkout; of those every third has no event ID and would count each time it
     * were taken.
     */
    void send(int hits) throws Exception {
        try (HitProducer producer = new HitProducer(brokers, registry)) {
            String run = Long.toString(System.nanoTime(), 36);
            for (int i = 0; i < hits; i++) {
                String events = i % 2 == 0 ? "" : i % 3 == 0 ? "scCheckout" : "scCheckout:" + run + i;
                producer.send(Hit.newBuilder()
                        .setReportSuite(i % 5 == 0 ? "us" : "eu")
                        .setEvents(events)
                        .setVisitorId("v" + i)
                        .setCountry("c" + i % 7)
                        .build());
            }
        }
    }

    /** Sends so many values that are no hits. */
    void sendGarbage(int number) throws Exception {
        try (HitProducer producer = new HitProducer(brokers, registry)) {
            for (int i = 0; i < number; i++) {
                producer.sendGarbage();
            }
        }
    }

    private TopicReader topics() {
        return new TopicReader(brokers, registry);
    }

    /** Waits until the job has counted something new. */
    void awaitCounts(CommandProcess job) {
        long before = hitsCommitted();
        await().atMost(PATIENCE).until(() -> !job.isRunning() || hitsCommitted() > before);
        assertThat(job.isRunning()).as(job.err()).isTrue();
    }

    /** Offsets of the hits that the job has committed, of all partitions together. */
    long hitsCommitted() {
        return sum(topics().committed("checkout-metrics", "hits"));
    }

    /** Offsets of all hits there are. */
    long hitsSent() {
        return sum(topics().ends("hits"));
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    long deadLetters() {
        return topics().deadLetters("checkout-dead-letters").size();
    }

    /** Waits for the last final there must be, and a little for what must not be; then each final and dead letter is held. */
    void assertExact(CommandProcess job) {
        Rules rules = Rules.of(RULES);
        TopicReader topics = topics();
        Recount.Finals expected = Recount.finals(topics.hits("hits", topics.ends("hits"), rules), rules);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !job.isRunning()
                        || topics.published("checkout-intervals").size()
                                >= expected.intervals().size());
        Instant then = newestAsOf();
        await("what may be published twice comes later")
                .atMost(PATIENCE)
                .until(() -> !job.isRunning() || newestAsOf().isAfter(then.plusSeconds(3)));
        assertThat(job.isRunning()).as(job.err()).isTrue();
        List<Published> finals = topics.published("checkout-intervals");
        assertThat(finals).isNotEmpty();
        assertThat(Audit.compareUnordered(
                        expected.intervals(),
                        finals.stream().map(Published::value).toList()))
                .as(job.err())
                .isEmpty();
        assertThat(Audit.order(topics.published("checkout-metrics").stream()
                        .map(Published::value)
                        .toList()))
                .isEmpty();
        assertThat(Accounts.deadLetters(expected, topics.deadLetters("checkout-dead-letters")))
                .as(job.err())
                .isEmpty();
    }

    private Instant newestAsOf() {
        return topics().published("checkout-metrics").stream()
                .map(one -> Instant.parse(one.value().path("asOf").asText()))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** What a running job says of whether it is ready, empty as long as it serves nothing. */
    static String readiness(CommandProcess job) throws Exception {
        assertThat(job.isRunning()).as(job.err()).isTrue();
        Optional<String> url = job.pageUrl();
        if (url.isEmpty()) {
            return "";
        }
        HttpRequest ready =
                HttpRequest.newBuilder(URI.create(url.get() + "/readyz")).build();
        return HttpClient.newHttpClient()
                .send(ready, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** It is over, with exit code 1, and has shown no stack trace. @return the last line that is not one of the log */
    static String lastWords(CommandProcess job) {
        assertThat(job.exitCode()).as(job.err()).isEqualTo(1);
        assertThat(job.err()).doesNotContain("\tat ");
        return job.err()
                .lines()
                .filter(line -> !line.matches("[0-9:.]{12} [A-Z]+ .*"))
                .reduce("", (before, last) -> last);
    }

    static void stop(CommandProcess job) {
        job.stop();
        assertThat(job.exitCode()).as(job.err()).isZero();
        assertThat(job.err().replaceFirst("(?s)^.*RunCommand - stopping", "")).doesNotContain("ERROR");
    }
}
