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

    private StateFolder() {}

    /** @throws InvalidSettingsException when it is in a folder for temporary files, and the settings do not allow that */
    public static void requireLasting(Settings settings) {
        temporary(settings).ifPresent(found -> {
            throw new InvalidSettingsException(found.line());
        });
    }

    static Finding finding(Settings settings) {
        Path folder = Path.of(settings.stateDir()).toAbsolutePath();
        Path nearest = nearest(folder);
        return temporary(settings)
                .orElseGet(() -> Files.isDirectory(nearest) && Files.isWritable(nearest)
                        ? Finding.ok(SUBJECT, folder + " can be written")
                        : Finding.problem(
                                SUBJECT,
                                nearest + " is no folder that can be written.",
                                "Name one that can, or let this user write it."));
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
