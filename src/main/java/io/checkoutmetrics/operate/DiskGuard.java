package io.checkoutmetrics.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whether the disk of the local state is full: there is next to no space, or what was to be written did
 * not fit. RocksDB then tries again for ever, and the thread that wants to write hangs inside it, with no exception. Keeps some
 * space in reserve, and gives it back then.
 */
final class DiskGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String FAILED_WRITES = "background-errors";

    /** Under this nothing useful fits. */
    static final long LEAST_BYTES = 1L << 20;

    private final LongSupplier freeBytes;
    private final BooleanSupplier haveWritesFailed;
    private final long buffersBytes;
    private final Optional<DiskReserve> reserve;
    private final Runnable whenFull;
    private boolean suspected;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "disk-guard");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param freeBytes of the disk
     * @param haveWritesFailed whether anything could not be written since the start
     * @param buffersBytes what one write may need at most
     * @param reserve taken while the disk is not full; empty: none
     * @param whenFull told once, when the reserve has been given back
     */
    DiskGuard(
            LongSupplier freeBytes,
            BooleanSupplier haveWritesFailed,
            long buffersBytes,
            Optional<DiskReserve> reserve,
            Runnable whenFull) {
        this.freeBytes = freeBytes;
        this.haveWritesFailed = haveWritesFailed;
        this.buffersBytes = buffersBytes;
        this.reserve = reserve;
        this.whenFull = whenFull;
    }

    void start() {
        looker.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is seen twice in a row is so: compactions need space for a moment. */
    void look() {
        boolean isFull = false;
        try {
            long free = freeBytes.getAsLong();
            isFull = free < LEAST_BYTES || (free < buffersBytes && haveWritesFailed.getAsBoolean());
            if (!isFull) {
                reserve.ifPresent(some -> some.takeOf(free));
            }
        } catch (RuntimeException e) {
            LOG.debug("nothing is known of the disk now", e);
        }
        if (isFull && suspected) {
            looker.shutdown();
            reserve.ifPresent(DiskReserve::giveBack);
            whenFull.run();
        }
        suspected = isFull;
    }

    /** To be told by who could not write: it need not be looked for any more. */
    void foundFull() {
        reserve.ifPresent(DiskReserve::giveBack);
    }

    /** @return free space of the disk that holds the folder, in bytes; without bound if that cannot be told */
    static long freeBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Whether any store of the engine could not write what it had to. */
    static boolean haveWritesFailed(KafkaStreams engine) {
        return engine.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(FAILED_WRITES))
                .anyMatch(metric -> number(metric.getValue()) > 0);
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }

    /** What is closed after this has the reserve to write to. */
    @Override
    public void close() {
        looker.shutdownNow();
        reserve.ifPresent(DiskReserve::giveBack);
    }
}
