package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedRocksDbTest {
    /** Those of a dozen partitions. */
    private static final int STORES = 100;

    private static final int WRITES = 500;
    private static final int BYTES = 5_000;

    @TempDir
    Path folder;

    private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(KeyValueStore::close);
    }

    private KeyValueStore<Bytes, byte[]> open(MockProcessorContext<Void, Void> task, String name) {
        KeyValueStore<Bytes, byte[]> store =
                Stores.persistentKeyValueStore(name).get();
        store.init(task.getStateStoreContext(), store);
        stores.add(store);
        return store;
    }

    private static Bytes key(int number) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    @Test
    void manyStoresWithLittleToWrite_leaveTheMemoryToOneThatHasMore() throws IOException {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "job");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none.invalid:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(BoundedRocksDb.MEMORY_MB, 128);
        MockProcessorContext<Void, Void> task = new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
        for (int i = 0; i < STORES; i++) {
            open(task, "store-" + i).put(key(i), new byte[BYTES]);
        }

        for (int i = 0; i < WRITES; i++) {
            stores.get(0).put(key(i), new byte[BYTES]);
        }

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".sst")))
                    .as("files that were written although there is memory for far more")
                    .isEmpty();
        }
    }
}
