package io.checkoutmetrics.stream;

import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.window.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KeyValueMapper;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.Stores;

/**
 * The same counts as Kafka's DSL makes them, the way one writes it first: one aggregate for each series and window. Its
 * windows are kept until the end, so that all of them can be looked at.
 */
final class DslHopWindows implements AutoCloseable {
    private static final Duration GRACE = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Serde<String> TEXT = Serdes.String();

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, String> hits;

    /** @param folder for what little state there is on disk */
    DslHopWindows(List<Window> windows, Path folder) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> checkouts =
                builder.stream("hits", Consumed.with(TEXT, TEXT)).filter((country, hit) -> hit.endsWith(" scCheckout"));
        for (Window window : windows) {
            count(checkouts, (country, hit) -> suite(hit), window, "suites");
            count(checkouts, (country, hit) -> suite(hit) + " " + country, window, "countries");
        }
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "dsl");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(builder.build(), properties, Instant.EPOCH);
        hits = driver.createInputTopic("hits", new StringSerializer(), new StringSerializer());
    }

    private static void count(
            KStream<String, String> checkouts, KeyValueMapper<String, String, String> by, Window window, String name) {
        Duration size = Duration.ofMillis(window.sizeMs());
        checkouts
                .groupBy(by, Grouped.with(TEXT, TEXT))
                .windowedBy(TimeWindows.ofSizeAndGrace(size, GRACE).advanceBy(Duration.ofMillis(window.slideMs())))
                .count(Materialized.<String, Long>as(Stores.inMemoryWindowStore(store(name, window), KEPT, size, false))
                        .withKeySerde(TEXT)
                        .withValueSerde(Serdes.Long()));
    }

    private static String store(String name, Window window) {
        return name + "-" + window.sizeMs() + "-" + window.slideMs();
    }

    private static String suite(String hit) {
        return hit.substring(0, hit.indexOf(' '));
    }

    /** Receives a hit, with the time when it happened as the record's. */
    void hit(String suite, String country, String events, long timeMs) {
        hits.pipeInput(country, suite + " " + events, timeMs);
    }

    /** All that is in the stores of a window. */
    Map<HopWindowsTest.Hop, Long> counts(Window window) {
        Map<HopWindowsTest.Hop, Long> counts = new HashMap<>();
        for (String name : List.of("suites", "countries")) {
            try (KeyValueIterator<Windowed<String>, Long> all =
                    driver.<String, Long>getWindowStore(store(name, window)).all()) {
                while (all.hasNext()) {
                    KeyValue<Windowed<String>, Long> one = all.next();
                    String[] parts = one.key.key().split(" ", -1);
                    Series series =
                            parts.length == 1 ? Series.total(parts[0]) : new Series(parts[0], "country", parts[1]);
                    counts.put(new HopWindowsTest.Hop(series, one.key.window().start()), one.value);
                }
            }
        }
        return counts;
    }

    @Override
    public void close() {
        driver.close();
    }
}
