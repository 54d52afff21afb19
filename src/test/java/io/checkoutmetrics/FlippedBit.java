package io.checkoutmetrics;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Damage of the smallest kind to the files of a database that is closed. */
public final class FlippedBit {
    private FlippedBit() {}

    /** Flips a bit in the middle of the largest table in the folder, where there is data, neither index nor footer. */
    public static void inTheLargestTable(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Path largest = files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
            at(largest, Files.size(largest) / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flips a bit of the byte at that offset. */
    public static void at(Path path, long offset) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            int there = file.read();
            file.seek(offset);
            file.write(there ^ 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
