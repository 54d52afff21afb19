package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.FlippedBit;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedStoreTest {
    private static final int ENTRIES = 20_000;
    private static final KeyValueBytesStoreSupplier VERIFIED = VerifiedStore.supplier("series", true);
    private static final KeyValueBytesStoreSupplier KAFKAS =
            org.apache.kafka.streams.state.Stores.persistentKeyValueStore("series");

    @TempDir
    Path folder;

    private void open(KeyValueBytesStoreSupplier supplier, Consumer<KeyValueStore<Bytes, byte[]>> what) {
        Properties settings = new Properties();
        settings.put("application.id", "job");
        settings.put("bootstrap.servers", "none.invalid:1");
        settings.put("state.dir", folder.toString());
        MockProcessorContext<Void, Void> task = new MockProcessorContext<>(settings, new TaskId(2, 0), folder.toFile());
        KeyValueStore<Bytes, byte[]> store = supplier.get();
        store.init(task.getStateStoreContext(), store);
        try {
            what.accept(store);
        } finally {
            store.close();
        }
    }

    private void fill(KeyValueBytesStoreSupplier supplier) {
        open(supplier, store -> {
            for (int i = 0; i < ENTRIES; i++) {
                store.put(Bytes.wrap(("[\"eu\",\"campaign\",\"c" + i + "\"]").getBytes()), new byte[300]);
            }
        });
    }

    private int entries(KeyValueBytesStoreSupplier supplier) {
        int[] entries = {0};
        open(supplier, store -> entries[0] = TestStores.keys(store).size());
        return entries[0];
    }

    @Test
    void wholeStore_keepsWhatIsInIt() {
        fill(VERIFIED);
        assertThat(entries(VERIFIED)).isEqualTo(ENTRIES);
    }

    @Test
    void oneBitFlipped_emptiesTheStore_ratherThanShowingAPartOfIt() {
        fill(VERIFIED);
        FlippedBit.inTheLargestTable(folder.resolve("rocksdb"));
        assertThat(entries(VERIFIED)).as("to be restored").isZero();
        fill(VERIFIED);
        assertThat(entries(VERIFIED)).as("restored").isEqualTo(ENTRIES);
    }

    @Test
    void storeWithoutChangelog_beginsEmpty() {
        KeyValueBytesStoreSupplier unlogged = VerifiedStore.supplier("series", false);
        fill(unlogged);
        assertThat(entries(unlogged)).isZero();
    }

    /** When this fails, Kafka has begun to ask for the iterator's status, and stores need not be verified any more. */
    @Test
    void oneBitFlipped_kafkasOwnStoreShowsAPartAsIfItWereAll() {
        fill(KAFKAS);
        FlippedBit.inTheLargestTable(folder.resolve("rocksdb"));
        assertThat(entries(KAFKAS)).isBetween(1, ENTRIES - 1);
    }
}
