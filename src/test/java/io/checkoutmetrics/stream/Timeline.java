package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.TemporaryFolder;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.registry.AvroSerializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells the job a story on the test driver: what is received at which time of 5 January 2026, and what has been
 * published by then. The clock goes along with the story. One input partition.
 */
final class Timeline implements AutoCloseable {
    static final String DAY = "2026-01-05T";

    private final TemporaryFolder state;
    private final EmbeddedRegistry registry;
    private final RegistryClient client;
    private final WriterSchemas schemas;
    private final AvroSerializer<Hit> hitBytes;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> hits;
    private final Outcomes outcomes = new Outcomes();
    private final Progress progress = new Progress();
    private final TimelineOutput output;
    private long now = time("10:00:00").toEpochMilli();
    private boolean quiet;
    private boolean backlog;
    private boolean ended;
    private boolean isAborted;

    private Timeline(TemporaryFolder state, EmbeddedRegistry registry, Settings settings) {
        this.state = state;
        this.registry = registry;
        client = RegistryClient.of(Map.of("schema.registry.url", registry.url()));
        schemas = new WriterSchemas(client);
        hitBytes = new AvroSerializer<>(client);
        hitBytes.configure(Map.of("schema.registry.url", registry.url()), false);
        JobParts parts = new JobParts(
                schemas,
                new Horizon(),
                outcomes,
                DeadLetterShare.of(settings, outcomes),
                progress,
                this::serializer,
                partition -> {},
                () -> {});
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "timeline");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.path().toString());
        driver = new TopologyTestDriver(
                CheckoutTopology.build(settings, 1, parts), properties, Instant.ofEpochMilli(now));
        hits = driver.createInputTopic("hits", new ByteArraySerializer(), new ByteArraySerializer());
        output = new TimelineOutput(driver, client, settings.alerts().on());
    }

    static Timeline of(String... assignments) {
        SettingsSource source = new SettingsSource();
        for (String assignment : assignments) {
            source.assignment(assignment);
        }
        try {
            return new Timeline(TemporaryFolder.create("timeline-"), EmbeddedRegistry.start(), source.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Serializer<Object> serializer() {
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(client);
        serializer.configure(Map.of("schema.registry.url", registry.url()), false);
        return (topic, value) -> serializer.serialize(topic, (SpecificRecord) value);
    }

    private final class Horizon implements InputHorizon {
        @Override
        public OptionalLong quietUntil(int partition, long nextOffset) {
            return quiet ? OptionalLong.of(now) : OptionalLong.empty();
        }

        @Override
        public OptionalLong waitingForMs(int partition, long nextOffset) {
            return OptionalLong.of(backlog ? Long.MAX_VALUE : 0);
        }

        @Override
        public boolean isEnded(int partition, long nextOffset) {
            return ended;
        }
    }

    static Instant time(String timeOfDay) {
        return Instant.parse(DAY + timeOfDay + "Z");
    }

    /** Lets the clock go on to that time; the moments in between pass as they would. */
    Timeline at(String timeOfDay) {
        return until(time(timeOfDay).toEpochMilli());
    }

    /** Lets the clock go on by so many milliseconds. */
    Timeline later(long ms) {
        return until(now + ms);
    }

    /** The clock goes on to that time without anything being done in between: the machine was off. */
    Timeline jumpTo(String timeOfDay) {
        long to = time(timeOfDay).toEpochMilli();
        driver.advanceWallClockTime(Duration.ofMillis(to - now));
        now = to;
        return this;
    }

    private Timeline until(long to) {
        while (now < to) {
            long step = Math.min(250, to - now);
            now += step;
            driver.advanceWallClockTime(Duration.ofMillis(step));
        }
        return this;
    }

    /** Nothing comes any more, and the broker says that nothing is left. */
    Timeline inputFallsSilent() {
        quiet = true;
        return this;
    }

    /** What is received from now on has been waiting for long, and more waits behind it. */
    Timeline backlogBegins() {
        backlog = true;
        return this;
    }

    /** Next to nothing waits any more. */
    Timeline backlogEnds() {
        backlog = false;
        return this;
    }

    /** The input was finite, and this was its end. */
    Timeline inputEnds() {
        ended = true;
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        return this;
    }

    Timeline checkout(String reportSuite) {
        return hit(reportSuite, "scCheckout", hit -> {});
    }

    Timeline pageView(String reportSuite) {
        return hit(reportSuite, "", hit -> {});
    }

    /** Receives a hit now. */
    Timeline hit(String reportSuite, String events, Consumer<Hit.Builder> more) {
        Hit.Builder hit = Hit.newBuilder().setReportSuite(reportSuite).setEvents(events);
        more.accept(hit);
        return bytes(hitBytes.serialize("hits", hit.build()));
    }

    /** Receives these bytes now. */
    Timeline bytes(byte @Nullable [] value) {
        return bytesDated(value, now);
    }

    Timeline bytesDated(byte @Nullable [] value, long recordMs) {
        quiet = false;
        try {
            hits.pipeInput((byte[]) null, value, recordMs);
        } catch (RuntimeException e) {
            isAborted = true;
            throw e;
        }
        return this;
    }

    /** Receives a checkout whose record bears that time. */
    Timeline checkoutDated(String reportSuite, Instant received) {
        Hit hit = Hit.newBuilder()
                .setReportSuite(reportSuite)
                .setEvents("scCheckout")
                .build();
        return bytesDated(bytesOf(hit), received.toEpochMilli());
    }

    byte[] bytesOf(Hit hit) {
        return hitBytes.serialize("hits", hit);
    }

    /** The last rolling Checkouts of a series. */
    CheckoutMetrics latest(String... series) {
        return output.latest(series(series));
    }

    /** Checkouts in the window of that ISO size, as published last. */
    long checkouts(String size, String... series) {
        return window(size, latest(series)).getCheckouts();
    }

    static WindowMetrics window(String size, CheckoutMetrics metrics) {
        return metrics.getWindows().stream()
                .filter(window -> window.getSize().equals(size))
                .findFirst()
                .orElseThrow();
    }

    /** All rolling Checkouts published of a series, oldest first. */
    List<CheckoutMetrics> history(String... series) {
        return output.history(series(series));
    }

    List<Series> tombstones() {
        return output.tombstones();
    }

    /** All alerts, oldest first. */
    List<CheckoutAlert> alerts() {
        return output.alerts();
    }

    List<CheckoutInterval> finals() {
        return output.finals();
    }

    /** Finals as {@code start suite/dimension/item checkouts increments hits}. */
    List<String> finalLines() {
        return output.finalLines();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return output.deadLetters();
    }

    /** Reasons of the dead letters, oldest first. */
    List<String> deadLetterReasons() {
        return output.deadLetterReasons();
    }

    Outcomes outcomes() {
        return outcomes;
    }

    Progress progress() {
        return progress;
    }

    private static Series series(String... parts) {
        return parts.length == 1 ? Series.total(parts[0]) : new Series(parts[0], parts[1], parts[2]);
    }

    /** Ends the story, and holds the counters to their equations. */
    @Override
    public void close() {
        try {
            output.assertEquations(outcomes, ended, isAborted);
            output.assertStrictOrder();
        } finally {
            driver.close();
            schemas.close();
            registry.close();
            try {
                state.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
