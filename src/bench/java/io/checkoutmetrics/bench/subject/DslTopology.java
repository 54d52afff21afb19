package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.hit.CheckoutHit;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;

/**
 * What one writes first: filter, group, hopping windows, count. Settings: {@code series}; all others are Kafka Streams'.
 */
final class DslTopology {
    /** As the job's. */
    private static final long CACHE_BYTES = 64L << 20;

    private final Assignment assignment;
    private final CountedSeries series;
    private final LongAdder read = new LongAdder();
    private final LongAdder counted = new LongAdder();

    DslTopology(Assignment assignment) {
        this.assignment = assignment;
        this.series = CountedSeries.of(assignment);
    }

    /** Hits read so far. */
    long read() {
        return read.sum();
    }

    /** Increments counted so far. */
    long counted() {
        return counted.sum();
    }

    CountedSeries series() {
        return series;
    }

    String outputTopic() {
        return assignment.topicOfRun("counts");
    }

    /** Keys of the output: series and window. */
    static Serde<org.apache.kafka.streams.kstream.Windowed<String>> outputKeys(TimeWindows windows) {
        return WindowedSerdes.timeWindowedSerdeFrom(String.class, windows.sizeMs);
    }

    /** An hour by ten seconds; the grace lasts longer than the workload, for its partitions are not read in step. */
    static TimeWindows hops() {
        return TimeWindows.ofSizeAndGrace(HopCounts.SIZE, Duration.ofHours(2)).advanceBy(HopCounts.SLIDE);
    }

    /** One window for ever. */
    static TimeWindows allTime() {
        return TimeWindows.ofSizeWithNoGrace(Duration.ofDays(36_500));
    }

    Topology build(TimeWindows windows) {
        StreamsBuilder builder = new StreamsBuilder();
        ThreadLocal<CheckoutFilter> filter = ThreadLocal.withInitial(CheckoutFilter::new);
        builder.stream(
                        assignment.topic(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("hits"))
                .flatMap((key, value) -> increments(filter.get(), value), Named.as("only-checkouts"))
                .repartition(
                        Repartitioned.with(Serdes.String(), Serdes.ByteArray()).withName("increments"))
                .peek((key, value) -> counted.increment(), Named.as("progress"))
                .groupByKey(Grouped.with(Serdes.String(), Serdes.ByteArray()))
                .windowedBy(windows)
                .count(Named.as("count"), Materialized.as("counted"))
                .toStream(Named.as("changes"))
                .to(
                        outputTopic(),
                        Produced.with(outputKeys(windows), Serdes.Long()).withName("counts"));
        return builder.build();
    }

    private List<KeyValue<String, byte[]>> increments(CheckoutFilter filter, byte[] value) {
        read.increment();
        CheckoutHit checkout = filter.read(value);
        return checkout == null
                ? List.of()
                : series.keys(checkout).stream()
                        .map(key -> KeyValue.pair(key, new byte[0]))
                        .toList();
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), "10000");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), "-1");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Long.toString(CACHE_BYTES));
        properties.putAll(assignment.settings());
        properties.remove("series");
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, assignment.run());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, assignment.stateFolder());
        return properties;
    }
}
