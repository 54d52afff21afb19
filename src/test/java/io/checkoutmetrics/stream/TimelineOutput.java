package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.registry.AvroDeserializer;
import io.checkoutmetrics.registry.RegistryClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** What a {@link Timeline} has published so far: read from the topics whenever somebody asks, and kept. */
final class TimelineOutput {
    private final TopologyTestDriver driver;
    private final RegistryClient client;
    private final boolean hasAlerts;
    private final Map<Series, CheckoutMetrics> latest = new LinkedHashMap<>();
    private final List<CheckoutMetrics> rolling = new ArrayList<>();
    private final List<Series> tombstones = new ArrayList<>();
    private final List<CheckoutInterval> finals = new ArrayList<>();
    private final List<CheckoutAlert> alerts = new ArrayList<>();
    private final List<TestRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

    TimelineOutput(TopologyTestDriver driver, RegistryClient client, boolean hasAlerts) {
        this.driver = driver;
        this.client = client;
        this.hasAlerts = hasAlerts;
    }

    CheckoutMetrics latest(Series series) {
        read();
        return Objects.requireNonNull(latest.get(series), "nothing was published of the series");
    }

    /** Oldest first, as everything below. */
    List<CheckoutMetrics> history(Series series) {
        read();
        return rolling.stream().filter(one -> series(one).equals(series)).toList();
    }

    List<Series> tombstones() {
        read();
        return tombstones;
    }

    List<CheckoutAlert> alerts() {
        read();
        return alerts;
    }

    List<CheckoutInterval> finals() {
        read();
        return finals;
    }

    /** As {@code start suite/dimension/item checkouts increments hits}, sorted. */
    List<String> finalLines() {
        return finals().stream()
                .map(one -> one.getStart().toString().substring(11, 19) + " " + one.getReportSuite()
                        + (one.getDimension().isEmpty() ? "" : "/" + one.getDimension() + "/" + one.getItem()) + " "
                        + one.getCheckouts() + " " + one.getIncrements() + " " + one.getHits())
                .sorted()
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        read();
        return deadLetters;
    }

    List<String> deadLetterReasons() {
        return deadLetters().stream()
                .map(letter -> new String(letter.headers().lastHeader("reason").value()))
                .toList();
    }

    private static Series series(CheckoutMetrics metrics) {
        return new Series(metrics.getReportSuite(), metrics.getDimension(), metrics.getItem());
    }

    private void read() {
        for (KeyValue<byte[], CheckoutMetrics> record : drain("checkout-metrics", CheckoutMetrics.class)) {
            Series series = SeriesKey.parse(record.key);
            if (record.value == null) {
                tombstones.add(series);
                latest.remove(series);
            } else {
                rolling.add(record.value);
                latest.put(series, record.value);
            }
        }
        drain("checkout-intervals", CheckoutInterval.class).forEach(record -> finals.add(record.value));
        if (hasAlerts) {
            drain("checkout-alerts", CheckoutAlert.class).forEach(record -> alerts.add(record.value));
        }
        deadLetters.addAll(driver.createOutputTopic(
                        "checkout-dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList());
    }

    private <T extends SpecificRecord> List<KeyValue<byte[], T>> drain(String topic, Class<T> type) {
        Deserializer<T> deserializer = new AvroDeserializer<>(client, type);
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), deserializer)
                .readKeyValuesToList();
    }

    /** @param isAborted whether the processing of a hit failed */
    void assertEquations(Outcomes outcomes, boolean ended, boolean isAborted) {
        assertThat(outcomes.get("hits_read"))
                .as("hits read")
                .isEqualTo(outcomes.get("not_checkout")
                        + outcomes.get("excluded")
                        + outcomes.get("dead_lettered")
                        + outcomes.get("checkouts_seen"));
        assertThat(outcomes.get("dead_lettered"))
                .as("dead letters, but for that of a hit whose processing failed")
                .isEqualTo(deadLetters().size() + (isAborted ? 1 : 0));
        if (ended) {
            assertThat(outcomes.get("checkouts_seen"))
                    .as("checkouts seen")
                    .isEqualTo(outcomes.get("counted") + outcomes.get("duplicate"));
        }
    }

    /** Of every series (asOf, revision) increases. */
    void assertStrictOrder() {
        read();
        Map<Series, CheckoutMetrics> before = new LinkedHashMap<>();
        for (CheckoutMetrics one : rolling) {
            CheckoutMetrics last = before.put(series(one), one);
            assertThat(last == null
                            || one.getAsOf().isAfter(last.getAsOf())
                            || one.getAsOf().equals(last.getAsOf()) && one.getRevision() > last.getRevision())
                    .as("(asOf, revision) increases: %s then %s", last, one)
                    .isTrue();
        }
    }
}
