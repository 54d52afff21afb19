package io.checkoutmetrics.operate;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds RocksDB's memory outside the heap for the process as a whole: one block cache for all stores, from which write
 * buffers, indexes and filters are taken too. Without it each store takes what it likes. The first store's settings
 * decide.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Name of the setting, among those of the engine: how much in all, in megabytes. */
    static final String MEMORY_MB = "checkout.metrics.state.memory.mb";

    private static final long BLOCK_BYTES = 16L << 10;
    /**
     * A write buffer is made of such pieces, and begins with one. RocksDB's own are of a megabyte: those of the stores of a few partitions
     * then fill all that is allowed, and each write to whichever store makes a new file of it.
     */
    private static final long PIECE_OF_WRITE_BUFFER_BYTES = 32L << 10;

    private static final double SHARE_OF_INDEXES = 0.1;

    static {
        org.rocksdb.RocksDB.loadLibrary();
    }

    private record Memory(Cache cache, WriteBufferManager writeBuffers) {
        static Memory of(long megabytes) {
            Cache cache = new LRUCache(megabytes << 20, -1, false, SHARE_OF_INDEXES);
            return new Memory(cache, new WriteBufferManager(writeBuffersBytes(megabytes), cache));
        }
    }

    private static @Nullable Memory ofProcess;

    private static synchronized Memory memory(Map<String, Object> configs) {
        Memory memory = ofProcess;
        if (memory == null) {
            memory = Memory.of(Long.parseLong(String.valueOf(configs.get(MEMORY_MB))));
            ofProcess = memory;
        }
        return memory;
    }

    /** What of it is for what is not written yet, in bytes. */
    static long writeBuffersBytes(long megabytes) {
        return (megabytes << 20) / 2;
    }

    /** What all stores together use of it now, in bytes. */
    static synchronized long usedBytes() {
        return ofProcess == null ? 0 : ofProcess.cache.getUsage();
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Memory memory = memory(configs);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setBlockSize(BLOCK_BYTES);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers);
        options.setArenaBlockSize(PIECE_OF_WRITE_BUFFER_BYTES);
    }

    @Override
    public void close(String storeName, Options options) {
        // cache and write buffers are shared by all stores, and live as long as the process
    }
}
