package io.checkoutmetrics.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Many cases against one target, each made of its number alone, so that one that fails can be run again:
 * {@code -Dfuzz.first=NUMBER -Dfuzz.cases=1}. A case fails when it throws, does not come to an end, or allocates more than
 * its target may.
 *
 * <p>{@code -Dfuzz.cases=N} makes it N cases instead of the sample that the tests run; targets of which each case is dear
 * take a fixed share of N. What was run is appended to {@code target/fuzz.txt}.
 */
public final class Campaign {
    /** One thing that is fed with input. */
    @FunctionalInterface
    public interface Target {
        /**
         * Runs one case.
         *
         * @return what became of it, in a word or two; the words are counted
         */
        String run(Random random) throws Exception;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final Target target;
    private final long mostBytes;
    private final AtomicLong current = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Map<String, Long> outcomes = new TreeMap<>();

    private Campaign(String name, long mostBytes, Target target) {
        this.name = name;
        this.mostBytes = mostBytes;
        this.target = target;
    }

    /**
     * @param sample cases in the normal tests
     * @param share of {@code -Dfuzz.cases} that is run here
     * @param mostBytes that one case may allocate, its making included
     */
    public static void run(String name, long sample, double share, long mostBytes, Target target) {
        Long wanted = Long.getLong("fuzz.cases");
        long cases = wanted == null ? sample : Math.max(1, Math.round(wanted * share));
        new Campaign(name, mostBytes, target).run(Long.getLong("fuzz.first", 1), cases);
    }

    private void run(long first, long cases) {
        long startNanos = System.nanoTime();
        current.set(first);
        Thread worker = new Thread(() -> work(first, cases), "fuzz-" + name);
        worker.setDaemon(true);
        worker.start();
        watch(worker);
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError(again() + ": " + thrown, thrown);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
        note(name + ": " + cases + " cases from number " + first + " in " + seconds + " s: " + outcomes);
    }

    private void work(long first, long cases) {
        try {
            for (long number = first; number < first + cases; number++) {
                current.set(number);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                outcomes.merge(target.run(new Random(number * 0x9E3779B97F4A7C15L)), 1L, Long::sum);
                long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
                if (allocated > mostBytes) {
                    throw new AssertionError("allocated " + allocated + " bytes, and " + mostBytes + " are allowed");
                }
            }
        } catch (Throwable e) { // an Error of any kind is what is looked for
            failure.set(e);
        }
    }

    /** Returns when the worker is done; fails when one case keeps it for too long. */
    private void watch(Thread worker) {
        try {
            for (long seen = -1; worker.isAlive(); seen = current.get()) {
                worker.join(PATIENCE.toMillis());
                if (worker.isAlive() && current.get() == seen) {
                    AssertionError hangs = new AssertionError(again() + ": does not come to an end");
                    hangs.setStackTrace(worker.getStackTrace());
                    throw hangs;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String again() {
        return name + ", case " + current.get() + " (-Dfuzz.first=" + current.get() + " -Dfuzz.cases=1)";
    }

    private static void note(String line) {
        try {
            Files.write(
                    Files.createDirectories(Path.of("target")).resolve("fuzz.txt"),
                    List.of(line),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
