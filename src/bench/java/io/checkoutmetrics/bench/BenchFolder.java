package io.checkoutmetrics.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where benchmarks keep what they make. Broker and topics stay for the next time. */
record BenchFolder(Path path) {
    Path broker() {
        return path.resolve("broker");
    }

    Path truths() {
        return path.resolve("topics");
    }

    Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    Path states() {
        return path.resolve("state").toAbsolutePath();
    }

    Path state(String run) {
        return states().resolve(run);
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println(folder + " could not be deleted: " + e.getMessage());
        }
    }
}
