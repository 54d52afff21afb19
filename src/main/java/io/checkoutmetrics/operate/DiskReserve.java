package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Space on the disk of the local state that is taken while there is some, and given back for the end of the job: then the
 * stores can write what they hold, and be closed, though the disk is full. A process that ends with stores open may be broken
 * off by RocksDB's own threads, with an exit code that says nothing (134).
 *
 * <p>It is a file beside the folders of the tasks, of a name that Kafka Streams passes over, made only by the instance that has
 * locked the folder. One that a killed instance left is taken over. Thread-safe.
 */
final class DiskReserve {
    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
    private static final String NAME = "disk-reserve";

    /** Kafka Streams' write buffer of one store: after a write that did not fit RocksDB does not try again with less. */
    private static final long ONE_WRITE_BUFFER = 16L << 20;

    private static final int AT_ONCE = 64 << 10;

    private final Path file;
    private final long bytes;
    private final long marginBytes;
    private boolean isGivenBack;
    private boolean isMissed;

    /**
     * @param file in a folder that is there once the space is taken
     * @param bytes to take
     * @param marginBytes what has to be free beside them, so that taking them does not fill the disk
     */
    DiskReserve(Path file, long bytes, long marginBytes) {
        this.file = file;
        this.bytes = bytes;
        this.marginBytes = marginBytes;
    }

    /** As large as everything that the stores may hold unwritten. */
    static DiskReserve of(Settings settings) {
        long buffersBytes = BoundedRocksDb.writeBuffersBytes(settings.stateMemoryMb());
        return new DiskReserve(
                Path.of(settings.stateDir(), settings.applicationId(), NAME),
                buffersBytes + ONE_WRITE_BUFFER,
                buffersBytes);
    }

    long bytes() {
        return bytes;
    }

    /** What has to be free so that it is taken, in bytes; nothing if it is. */
    long wantedBytes() {
        return isTaken() ? 0 : bytes + marginBytes;
    }

    /** Takes the space, unless it is taken, was given back, or is not there; tells once of the last. */
    synchronized void takeOf(long freeBytes) {
        if (isGivenBack || isTaken()) {
            return;
        }
        if (freeBytes < bytes + marginBytes) {
            miss("less than " + megabytes(bytes + marginBytes) + " are free");
            return;
        }
        try {
            write();
            isMissed = false;
        } catch (ClosedByInterruptException e) {
            delete(); // the job ends
        } catch (IOException e) {
            delete();
            miss(String.valueOf(e.getMessage()));
        }
    }

    private void miss(String why) {
        if (!isMissed) {
            isMissed = true;
            LOG.warn(
                    "{} cannot be kept free on the disk of state.dir ({}): should it get full, the job may not end"
                            + " cleanly, though nothing is lost. Tried again until there is space",
                    megabytes(bytes),
                    why);
        }
    }

    static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }

    /** Of bytes that no file system can leave out or make smaller. */
    private void write() throws IOException {
        byte[] some = new byte[AT_ONCE];
        new Random(bytes).nextBytes(some);
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long written = 0; written < bytes; ) {
                written += out.write(ByteBuffer.wrap(some, 0, (int) Math.min(AT_ONCE, bytes - written)));
            }
            out.force(true);
        }
    }

    private boolean isTaken() {
        try {
            return Files.size(file) == bytes;
        } catch (IOException e) {
            return false;
        }
    }

    /** For good: it is not taken again. */
    synchronized void giveBack() {
        isGivenBack = true;
        delete();
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.getMessage());
        }
    }
}
