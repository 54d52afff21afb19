package io.checkoutmetrics.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The local state of an instance that does not run, for damage. */
final class StateFiles {
    private static final int FLIPS = 20;

    private final Path folder;

    StateFiles(Path folder) {
        this.folder = folder;
    }

    /** Changes bytes in the middle of the largest table that the database has. */
    void flipBytes(Random random) {
        Path largest = files(".sst").stream()
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElse(null);
        if (largest == null) {
            return; // nothing was written to disk yet
        }
        try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
            for (int i = 0; i < FLIPS; i++) {
                long at = random.nextLong(file.length());
                file.seek(at);
                int there = file.read();
                file.seek(at);
                file.write(there ^ (1 + random.nextInt(255)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteCheckpoints() {
        files(".checkpoint").forEach(StateFiles::delete);
    }

    void deleteAll() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(StateFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files(String end) {
        if (!Files.exists(folder)) {
            return List.of(); // deleted, and not made again yet
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
