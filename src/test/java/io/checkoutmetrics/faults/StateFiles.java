package io.checkoutmetrics.faults;

import io.checkoutmetrics.FlippedBit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The local state of an instance that does not run, for damage. */
final class StateFiles {
    private static final int FLIPS = 20;
    /** One of so many parts of a table, the first, has data. */
    private static final int DATA_AT_LEAST = 4;

    private final Path folder;

    StateFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Damages one of the tables that the databases have: mostly a single bit where there is data, which nobody notices who
     * opens it; otherwise bytes anywhere, its index and footer among them, in the largest.
     */
    void flipBytes(Random random) {
        List<Path> tables = files(".sst");
        if (tables.isEmpty()) {
            return; // nothing was written to disk yet
        }
        if (random.nextInt(4) > 0) {
            Path one = tables.get(random.nextInt(tables.size()));
            FlippedBit.at(one, random.nextLong(Math.max(1, one.toFile().length() / DATA_AT_LEAST)));
        } else {
            Path largest = Collections.max(
                    tables, Comparator.comparingLong(file -> file.toFile().length()));
            for (int i = 0; i < FLIPS; i++) {
                FlippedBit.at(largest, random.nextLong(largest.toFile().length()));
            }
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
