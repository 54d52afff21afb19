package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The engine's own stores, in memory and without an engine around them. */
final class TestStores {
    private TestStores() {}

    static KeyValueStore<Bytes, byte[]> inMemory(String name) {
        KeyValueStore<Bytes, byte[]> store = org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(name)
                .get();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }

    /** Gives a stage that is tested alone the stores it asks for, all empty, and what flushes before a commit. */
    static void give(MockProcessorContext<?, ?> context, String commits, String... names) {
        for (String name : names) {
            KeyValueStore<Bytes, byte[]> store = inMemory(name);
            context.addStateStore(store);
        }
        context.addStateStore(new BeforeCommit(commits));
    }

    /** The stores of {@link CountOnce}. */
    static void giveCountOnce(MockProcessorContext<?, ?> context) {
        give(context, Stores.COUNT_ONCE_COMMITS, Stores.RECEIVED, Stores.PENDING, Stores.SEEN, Stores.ITEMS);
    }

    static List<Bytes> keys(KeyValueStore<Bytes, byte[]> store) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    /**
     * Does something in a processor, with stores as the job has them, under a cache of so many bytes for all of them.
     */
    static void inTheEngine(Set<StoreBuilder<?>> stores, int cacheBytes, Consumer<ProcessorContext<Void, Void>> what) {
        Topology topology = new Topology()
                .addSource("in", Serdes.String().deserializer(), Serdes.String().deserializer(), "in")
                .addProcessor("processor", () -> new Once(what), "in");
        stores.forEach(store -> topology.addStateStore(store, "processor"));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "stores");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Integer.toString(cacheBytes));
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
            driver.createInputTopic(
                            "in", Serdes.String().serializer(), Serdes.String().serializer())
                    .pipeInput("", "");
        }
    }

    private static final class Once extends ContextualProcessor<String, String, Void, Void> {
        private final Consumer<ProcessorContext<Void, Void>> what;

        Once(Consumer<ProcessorContext<Void, Void>> what) {
            this.what = what;
        }

        @Override
        public void process(Record<String, String> record) {
            what.accept(context());
        }
    }
}
