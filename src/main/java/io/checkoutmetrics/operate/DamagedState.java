package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local state that cannot be read any more. It is a copy: the engine restores what is missing from the changelog, but gives
 * up when what is there is damaged.
 */
final class DamagedState {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedState.class);
    private static final int MOST_CAUSES = 50;

    private DamagedState() {}

    /**
     * Deletes the state of the task that the failure is about, if it is about damaged files. The engine must not run.
     *
     * @return whether anything was deleted
     * @throws UncheckedIOException if it cannot be deleted
     */
    static boolean delete(Settings settings, Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .toList();
        if (causes.stream().noneMatch(DamagedState::isDamage)) {
            return false;
        }
        Path folder = Path.of(settings.stateDir(), settings.applicationId());
        try (Stream<Path> tasks = Files.list(folder)) {
            List<Path> damaged = tasks.filter(Files::isDirectory)
                    .filter(task -> causes.stream().anyMatch(cause -> isAbout(task, cause)))
                    .toList();
            for (Path task : damaged) {
                LOG.warn("state in {} is damaged: it is deleted, and restored from its changelog", task);
                Utils.delete(task.toFile());
            }
            return !damaged.isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("damaged state in " + folder + " cannot be deleted", e);
        }
    }

    private static boolean isDamage(Throwable cause) {
        return cause instanceof RocksDBException rocksDb
                && rocksDb.getStatus() != null
                && rocksDb.getStatus().getCode() == Status.Code.Corruption;
    }

    private static boolean isAbout(Path task, Throwable cause) {
        return cause.getMessage() != null && cause.getMessage().contains(task + "/");
    }
}
