package io.checkoutmetrics.bench.subject;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** What is in the state stores of Kafka Streams, over all tasks. */
final class StoreEntries {
    private StoreEntries() {}

    /**
     * @param entries there are
     * @param bytes of their keys and values, uncompressed
     * @param diskBytes of the store's files
     */
    record Held(long entries, long bytes, long diskBytes) {
        Held plus(Held other) {
            return new Held(entries + other.entries, bytes + other.bytes, diskBytes + other.diskBytes);
        }
    }

    /** Of the stores that are open in this process, by RocksDB's estimate. */
    static Map<String, Long> estimated() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Map<String, Long> entries = new TreeMap<>();
        try {
            for (ObjectName store :
                    beans.queryNames(new ObjectName("kafka.streams:type=stream-state-metrics,*"), null)) {
                String name = store.getKeyProperty("rocksdb-state-id");
                if (name != null && beans.isRegistered(store)) {
                    Object count = beans.getAttribute(store, "estimate-num-keys");
                    entries.merge(name, ((Number) count).longValue(), Long::sum);
                }
            }
        } catch (JMException e) {
            return entries; // a store that is just being closed
        }
        return entries;
    }

    /** Of stores that nobody has open, counted one by one. @param stateFolder of Kafka Streams */
    static Map<String, Held> counted(Path stateFolder) throws IOException, RocksDBException {
        List<Path> stores;
        try (Stream<Path> files = Files.walk(stateFolder)) {
            stores = files.filter(file -> file.getFileName().toString().equals("CURRENT"))
                    .map(Path::getParent)
                    .toList();
        }
        Map<String, Held> held = new TreeMap<>();
        for (Path store : stores) {
            held.merge(store.getFileName().toString(), count(store), Held::plus);
        }
        return held;
    }

    private static Held count(Path store) throws IOException, RocksDBException {
        RocksDB.loadLibrary();
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        try (Options options = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, store.toString())) {
                families.add(new ColumnFamilyDescriptor(name, new ColumnFamilyOptions()));
            }
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        Held held = new Held(0, 0, diskBytes(store));
        try (DBOptions options = new DBOptions();
                RocksDB db = RocksDB.openReadOnly(options, store.toString(), families, handles);
                RocksIterator all = db.newIterator(handles.get(0))) { // the default one; others are the engine's
            for (all.seekToFirst(); all.isValid(); all.next()) {
                held = held.plus(new Held(1, all.key().length + all.value().length, 0));
            }
            all.status();
            handles.forEach(ColumnFamilyHandle::close);
        }
        return held;
    }

    private static long diskBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
