package io.checkoutmetrics.stream;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The job as a whole, in the order the data goes.
 *
 * <pre>
 *   hits ──► recognise ──► (checkouts) ──► count once ──► (counts) ──► roll ──► checkout-metrics
 *                └──► checkout-dead-letters                               └──► checkout-intervals
 *                                                                          └──► checkout-alerts, if asked for
 * </pre>
 *
 * Topics in parentheses are internal. {@code checkouts} is partitioned by what makes two checkouts the same,
 * {@code counts} by series; both carry the watermarks of the stage before to every partition of the next.
 */
public final class CheckoutTopology {
    /** Name of the topic between the first two stages, between the application's ID and {@code -repartition}. */
    public static final String CHECKOUTS = "checkouts";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private CheckoutTopology() {}

    /**
     * Builds the topology.
     *
     * @param inputPartitions partitions of the input topic: every one has to be heard before time moves
     */
    public static Topology build(Settings settings, int inputPartitions, JobParts parts) {
        StreamsBuilder builder = new StreamsBuilder();
        Settings.Topics topics = settings.topics();

        KStream<byte[], Recognised> recognised = builder.stream(
                        topics.input(),
                        Consumed.with(BYTES, BYTES)
                                .withTimestampExtractor(new ReceivedTime())
                                .withOffsetResetPolicy(AutoOffsetReset.earliest()) // by the engine: not silently
                                .withName("hits"))
                .process(recognise(settings, inputPartitions, parts), Named.as("recognise"));
        only(DeadLetter.class, recognised)
                .mapValues(DeadLetter::value, Named.as("original-bytes"))
                .to(topics.deadLetters(), Produced.with(BYTES, BYTES).withName("dead-letters"));

        KStream<byte[], ToCount> checkouts = only(ToCount.class, recognised)
                .repartition(internal(CHECKOUTS, InternalSerdes.toCount(), inputPartitions));

        KStream<byte[], ToRoll> counts = checkouts
                .process(countOnce(settings, inputPartitions, parts), Named.as("count-once"))
                .repartition(internal("counts", InternalSerdes.toRoll(), inputPartitions));

        KStream<byte[], Published> published = counts.process(roll(settings, inputPartitions, parts), Named.as("roll"));
        only(Published.Rolling.class, published)
                .mapValues(Published.Rolling::metrics, Named.as("rolling-checkouts"))
                .to(
                        topics.metrics(),
                        Produced.with(BYTES, parts.<CheckoutMetrics>outputs()).withName("metrics"));
        only(Published.Final.class, published)
                .mapValues(Published.Final::interval, Named.as("final-checkouts"))
                .to(
                        topics.intervals(),
                        Produced.with(BYTES, parts.<CheckoutInterval>outputs()).withName("intervals"));
        if (settings.alerts().on()) {
            only(Published.Alert.class, published)
                    .mapValues(Published.Alert::alert, Named.as("alerts"))
                    .to(
                            settings.alerts().topic(),
                            Produced.with(BYTES, parts.<CheckoutAlert>outputs()).withName("alerts-topic"));
        }

        return builder.build();
    }

    /** Whether a store of the topology has a changelog: else it holds nothing, or what can be made anew. */
    public static boolean isLogged(String store) {
        return Stores.isLogged(store);
    }

    /** Whether a store of the topology tells of hits that were counted, whose offsets were committed before. */
    public static boolean holdsCounts(String store) {
        return Stores.holdsCounts(store);
    }

    /** Whether the job can go on, and stay right, when what a store of the topology held is gone with its changelog. */
    public static boolean isDispensable(String store) {
        return Stores.isDispensable(store);
    }

    /** Whether a record with that key, in the changelog of such a store, does tell of any: not what counts are laid out for. */
    public static boolean tellsOfCounts(byte[] key) {
        return !SeriesStore.isLayout(key);
    }

    /** A topic between two stages, that carries watermarks to all of its partitions. */
    private static <V> Repartitioned<byte[], V> internal(String name, Serde<V> values, int partitions) {
        return Repartitioned.with(BYTES, values)
                .withName(name)
                .withNumberOfPartitions(partitions)
                .withStreamPartitioner(new Addresses<>());
    }

    private static ProcessorSupplier<byte[], byte[], byte[], Recognised> recognise(
            Settings settings, int inputPartitions, JobParts parts) {
        return stage(() -> new Recognise(settings, inputPartitions, parts), Stores.ofRecognise());
    }

    private static ProcessorSupplier<byte[], ToCount, byte[], ToRoll> countOnce(
            Settings settings, int inputPartitions, JobParts parts) {
        return stage(() -> new CountOnce(settings, inputPartitions, parts), Stores.ofCountOnce());
    }

    private static ProcessorSupplier<byte[], ToRoll, byte[], Published> roll(
            Settings settings, int shards, JobParts parts) {
        return stage(
                () -> new Roll(settings, shards, parts),
                Stores.ofRoll(settings.alerts().on()));
    }

    private interface NewProcessor<I, O> {
        Processor<byte[], I, byte[], O> create();
    }

    private static <I, O> ProcessorSupplier<byte[], I, byte[], O> stage(
            NewProcessor<I, O> newProcessor, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], I, byte[], O> get() {
                return newProcessor.create();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }

    private static <T> KStream<byte[], T> only(Class<T> kind, KStream<byte[], ? super T> stream) {
        return stream.flatMapValues(
                value -> kind.isInstance(value) ? List.of(kind.cast(value)) : List.of(),
                Named.as("only-" + kind.getSimpleName()));
    }
}
