package io.checkoutmetrics.sorted;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * Lines of text in the order of their keys, on disk: any number of them in some 50 MB outside the heap. Of one key the last
 * line stays. Not for several threads.
 */
public final class SortedLines implements Closeable {
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final long READ_AHEAD_BYTES = 1L << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final Path folder;
    private final Options options = new Options().setCreateIfMissing(true).setWriteBufferSize(WRITE_BUFFER_BYTES);
    private final WriteOptions withoutLog = new WriteOptions().setDisableWAL(true);
    private final RocksDB store;

    /** @param folder that nobody else uses, in one that is there; the caller deletes it */
    public SortedLines(Path folder) {
        this.folder = folder;
        try {
            store = RocksDB.open(options, folder.toString());
        } catch (RocksDBException e) {
            withoutLog.close();
            options.close();
            throw failed(e);
        }
    }

    private UncheckedIOException failed(RocksDBException cause) {
        return new UncheckedIOException(
                new IOException("results cannot be sorted in " + folder + ": " + cause.getMessage(), cause));
    }

    /**
     * Takes a line.
     *
     * @throws UncheckedIOException if the folder cannot be written to, for example because its disk is full
     */
    public void put(byte[] key, String line) {
        try {
            store.put(withoutLog, key, line.getBytes(UTF_8));
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Takes back the line of a key, if there is one. */
    public void remove(byte[] key) {
        try {
            store.delete(withoutLog, key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Hands out all lines in the order of their keys, byte by byte, unsigned. */
    public void forEach(Consumer<String> taker) {
        try (ReadOptions reading = new ReadOptions().setReadaheadSize(READ_AHEAD_BYTES);
                RocksIterator lines = store.newIterator(reading)) {
            for (lines.seekToFirst(); lines.isValid(); lines.next()) {
                taker.accept(new String(lines.value(), UTF_8));
            }
            lines.status();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        store.close();
        withoutLog.close();
        options.close();
    }
}
