package io.checkoutmetrics.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of RocksDB whose files are read through and held to their checksums each time it is opened, because Kafka's
 * iterators end at a damaged block as if nothing came after it. A damaged store is deleted, and the engine restores it
 * from its changelog. It takes a second for a gigabyte, four if the disk has to be read. A store without a changelog begins
 * empty: what a process before left there is of no use.
 */
final class VerifiedStore extends RocksDBStore {
    private static final Logger LOG = LoggerFactory.getLogger(VerifiedStore.class);
    private static final String METRICS_SCOPE = "rocksdb";
    private static final String DATABASES = "rocksdb";
    private static final String BEGUN = "CURRENT";
    /** Those that are open have their indexes and filters in memory. */
    private static final int MOST_OPEN_FILES = 16;

    static {
        RocksDB.loadLibrary();
    }

    private final boolean isLogged;

    private VerifiedStore(String name, boolean isLogged) {
        super(name, METRICS_SCOPE);
        this.isLogged = isLogged;
    }

    static KeyValueBytesStoreSupplier supplier(String name, boolean isLogged) {
        return new Supplier(name, isLogged);
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        Path folder = context.stateDir().toPath().resolve(DATABASES).resolve(name());
        if (!isLogged) {
            delete(folder);
        } else if (Files.exists(folder.resolve(BEGUN))) {
            deleteIfDamaged(folder);
        }
        super.init(context, root);
    }

    private static void deleteIfDamaged(Path folder) {
        try {
            verify(folder);
        } catch (RocksDBException e) {
            if (e.getStatus() == null || e.getStatus().getCode() != Status.Code.Corruption) {
                LOG.debug("{} cannot be verified: whoever opens it will be told why", folder, e);
                return;
            }
            LOG.warn(
                    "state in {} is damaged: it is deleted, and restored from its changelog ({})",
                    folder,
                    e.getMessage());
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("state in " + folder + " cannot be deleted", e);
        }
    }

    /** Only files that belong to the database count, none that a process left half written when it was killed. */
    private static void verify(Path folder) throws RocksDBException {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options options = new Options();
                DBOptions ofDatabase = new DBOptions().setMaxOpenFiles(MOST_OPEN_FILES)) {
            for (byte[] name : RocksDB.listColumnFamilies(options, folder.toString())) {
                families.add(new ColumnFamilyDescriptor(name));
            }
            try (RocksDB database = RocksDB.openReadOnly(ofDatabase, folder.toString(), families, handles)) {
                try {
                    database.verifyChecksum();
                } finally {
                    handles.forEach(ColumnFamilyHandle::close);
                }
            }
        } finally {
            families.forEach(family -> family.getOptions().close());
        }
    }

    private record Supplier(String name, boolean isLogged) implements KeyValueBytesStoreSupplier {
        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new VerifiedStore(name, isLogged);
        }

        @Override
        public String metricsScope() {
            return METRICS_SCOPE;
        }
    }
}
