package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the local state may be where the settings put it: not where the system deletes files by itself. */
public final class StateFolder {
    private static final String SUBJECT = "state.dir";
    private static final String REMEDY = "Free some space, or name a folder on a larger disk.";

    private StateFolder() {}

    /** @throws InvalidSettingsException when it is in a folder for temporary files, and the settings do not allow that */
    public static void requireLasting(Settings settings) {
        temporary(settings).ifPresent(found -> {
            throw new InvalidSettingsException(found.line());
        });
    }

    /** @throws JobException when its disk is full: stores that are opened then cannot be closed */
    static void requireSpace(Settings settings) {
        if (freeBytes(settings) < DiskGuard.LEAST_BYTES) {
            throw new JobException("the job cannot start: " + Remedies.DISK_FULL);
        }
    }

    static Finding finding(Settings settings) {
        Path folder = Path.of(settings.stateDir()).toAbsolutePath();
        Path nearest = nearest(folder);
        return temporary(settings)
                .orElseGet(() -> Files.isDirectory(nearest) && Files.isWritable(nearest)
                        ? space(settings, folder)
                        : Finding.problem(
                                SUBJECT,
                                nearest + " is no folder that can be written.",
                                "Name one that can, or let this user write it."));
    }

    private static Finding space(Settings settings, Path folder) {
        long free = freeBytes(settings);
        if (free < DiskGuard.LEAST_BYTES) {
            return Finding.problem(SUBJECT, "the disk of " + folder + " is full.", REMEDY);
        }
        DiskReserve reserve = DiskReserve.of(settings);
        return free < reserve.wantedBytes()
                ? Finding.warning(
                        SUBJECT,
                        "the disk of " + folder + " has " + DiskReserve.megabytes(free) + " free. The job keeps "
                                + DiskReserve.megabytes(reserve.bytes())
                                + " of it to end cleanly should the disk get full, but not before "
                                + DiskReserve.megabytes(reserve.wantedBytes()) + " are free.",
                        REMEDY)
                : Finding.ok(SUBJECT, folder + " can be written");
    }

    private static long freeBytes(Settings settings) {
        return DiskGuard.freeBytes(nearest(Path.of(settings.stateDir()).toAbsolutePath()));
    }

    private static Optional<Finding> temporary(Settings settings) {
        Path folder = Path.of(settings.stateDir()).toAbsolutePath().normalize();
        return settings.stateMayBeTemporary()
                ? Optional.empty()
                : Stream.of("/tmp", System.getProperty("java.io.tmpdir", "/tmp"))
                        .map(name -> Path.of(name).toAbsolutePath().normalize())
                        .filter(temporary ->
                                folder.startsWith(temporary) || real(folder).startsWith(real(temporary)))
                        .findFirst()
                        .map(temporary -> Finding.problem(
                                SUBJECT,
                                folder + " is in " + temporary
                                        + ", where the system deletes files by itself, the state of"
                                        + " a running job too.",
                                "Name a folder that lasts, or, to try things out, set state.dir.temporary=true."));
    }

    /** Without symbolic links, as far as it is there. */
    private static Path real(Path folder) {
        Path nearest = nearest(folder);
        try {
            return nearest.toRealPath().resolve(nearest.relativize(folder));
        } catch (IOException e) {
            return folder;
        }
    }

    private static Path nearest(Path folder) {
        Path nearest = folder;
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }
}
