package io.checkoutmetrics.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for temporary files that is gone when it is closed, and also when the process is told to end before. */
public final class TemporaryFolder implements Closeable {
    private static final int MOST_TRIES = 5;

    private final Path path;
    private final Thread atExit = new Thread(this::deleteQuietly, "temporary-folder");

    private TemporaryFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A new one, empty, where the system keeps its temporary files. */
    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process ends already; both may delete
        }
        delete();
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException | UncheckedIOException e) {
            // nobody is left to be told
        }
    }

    /** Several times, for others may still write into it. */
    private void delete() throws IOException {
        for (int left = MOST_TRIES; left > 0 && Files.exists(path); left--) {
            try {
                for (Path file : deepestFirst()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
