package io.checkoutmetrics.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used so far, by the operating system's account. Linux only. */
public final class ProcessUse {
    /** Linux tells processor time in hundredths of a second, whatever its own clock does. */
    private static final double TICKS_PER_SECOND = 100;

    private static final Path STAT = Path.of("/proc/self/stat");
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessUse() {}

    /** Processor time of all threads, in user and kernel mode, in seconds. */
    public static double cpuSeconds() {
        String stat = read(STAT);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The most memory that was resident at once. */
    public static long peakResidentBytes() {
        return bytes("VmHWM:");
    }

    /** Memory that is resident now. */
    public static long residentBytes() {
        return bytes("VmRSS:");
    }

    private static long bytes(String line) {
        return read(STATUS)
                .lines()
                .filter(one -> one.startsWith(line))
                .mapToLong(one -> Long.parseLong(one.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("what processes use is read from /proc, which only Linux has", e);
        }
    }
}
