package io.checkoutmetrics.page;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.config.HttpAddress;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.Ports;
import io.checkoutmetrics.http.HttpListener;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.registry.AvroSerializer;
import io.checkoutmetrics.terminal.TestMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The page on a broker of its own, where a test publishes what a job would have. */
final class PublishedPage implements AutoCloseable {
    static final List<Duration> WINDOWS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;
    private final Settings settings;
    private final AvroSerializer<IndexedRecord> values = new AvroSerializer<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> outcomes = new HashMap<>();
    private final Page page;
    private HttpListener listener;

    PublishedPage(Path folder) throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        registry = EmbeddedRegistry.start();
        settings = new SettingsSource()
                .set("kafka.bootstrap.servers", kafka.bootstrapServers())
                .set("schema.registry.url", registry.url())
                .read();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(settings.topics().metrics(), 2, (short) 1),
                            new NewTopic(settings.topics().intervals(), 2, (short) 1)))
                    .all()
                    .get();
        }
        values.configure(Map.of("schema.registry.url", registry.url()), false);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        outcomes.put("late", 17L);
        page = Page.open(settings, Clock.systemUTC(), () -> Map.copyOf(outcomes));
        listener = listen(Ports.free());
    }

    private HttpListener listen(int port) {
        HttpListener opened = HttpListener.bind(address(port), Optional.empty());
        page.serveOn(opened);
        opened.start();
        return opened;
    }

    private static HttpAddress address(int port) {
        return new HttpAddress("127.0.0.1", port);
    }

    String url() {
        return listener.url();
    }

    /** Nobody listens any more. */
    int hangUp() {
        String url = listener.url();
        listener.close();
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    void answerAgain(int port) {
        listener = listen(port);
    }

    /** A total as of now. @param checkouts and hits in each window */
    void total(String suite, Status status, @Nullable Instant last, long[] checkouts, long[] hits) {
        total(suite, status, Instant.now(), last, checkouts, hits);
    }

    void total(String suite, Status status, Instant asOf, @Nullable Instant last, long[] checkouts, long[] hits) {
        send(
                settings.topics().metrics(),
                Series.total(suite),
                record(Series.total(suite), status, asOf, last, checkouts, hits));
    }

    void item(String suite, String dimension, String item, long... checkouts) {
        Series series = new Series(suite, dimension, item);
        send(
                settings.topics().metrics(),
                series,
                record(series, Status.EARLY, Instant.now(), Instant.now(), checkouts, null));
    }

    void finalOf(String suite, Instant end, long checkouts, long hits) {
        send(settings.topics().intervals(), Series.total(suite), finals(suite, end, checkouts, hits));
    }

    void flush() {
        producer.flush();
    }

    private void send(String topic, Series series, IndexedRecord value) {
        producer.send(new ProducerRecord<>(topic, SeriesKey.of(series), values.serialize(topic, value)));
    }

    /** Of a report suite's minute that ends there. */
    static CheckoutInterval finals(String suite, Instant end, long checkouts, long hits) {
        return CheckoutInterval.newBuilder()
                .setReportSuite(suite)
                .setDimension("")
                .setItem("")
                .setStart(end.minusSeconds(60))
                .setEnd(end)
                .setCheckouts(checkouts)
                .setIncrements(checkouts)
                .setHits(hits)
                .build();
    }

    static CheckoutMetrics record(
            Series series,
            Status status,
            Instant asOf,
            @Nullable Instant last,
            long[] checkouts,
            long @Nullable [] hits) {
        TestMetrics metrics = TestMetrics.of(series).status(status).asOf(asOf).lastCheckoutAt(last);
        for (int i = 0; i < WINDOWS.size(); i++) {
            metrics.window(WindowMetrics.newBuilder()
                    .setSize(WINDOWS.get(i).toString())
                    .setStart(asOf.minus(WINDOWS.get(i)))
                    .setEnd(asOf)
                    .setComplete(true)
                    .setCheckouts(checkouts[i])
                    .setIncrements(checkouts[i])
                    .setPreviousCheckouts(checkouts[i] / 2)
                    .setVisitors(hits == null ? null : checkouts[i] * 3 / 4)
                    .setHits(hits == null ? null : hits[i])
                    .setCartValue(series.hasCartValue() ? checkouts[i] * 99.5 : null)
                    .build());
        }
        return metrics.build();
    }

    @Override
    public void close() throws Exception {
        listener.close();
        page.close();
        producer.close();
        values.close();
        registry.close();
        kafka.close();
    }
}
