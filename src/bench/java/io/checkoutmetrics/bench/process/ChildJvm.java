package io.checkoutmetrics.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A main class of this class path in a JVM of its own. Ends with this process in any case: it is ended when it is
 * closed,
 * by a shutdown hook, and by itself when its standard input ends ({@link #endWithParent}).
 */
public final class ChildJvm implements AutoCloseable {
    private static final Duration END_WITHIN = Duration.ofSeconds(20);
    private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVING.forEach(Process::destroy), "children"));
    }

    private final String name;
    private final Path log;
    private final Process process;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private ChildJvm(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        Thread reader = new Thread(this::readLines, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param log gets the standard error
     * @param arguments of the class's main method
     */
    public static ChildJvm start(String name, Path log, List<String> flags, Class<?> main, List<String> arguments)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-Dlogback.configurationFile=logback.xml");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        // With glibc's many arenas, memory outside the heap grows with the number of threads.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        LIVING.add(process);
        return new ChildJvm(name, log, process);
    }

    /** To be called by a child first: it ends as soon as its parent is gone, however that went. */
    public static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nobody writes
                        }
                    } catch (IOException e) {
                        // as good as an end
                    }
                    haltLater();
                    System.exit(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** In case that closing hangs. */
    private static void haltLater() {
        Thread halt = new Thread(
                () -> {
                    LockSupport.parkNanos(END_WITHIN.toNanos());
                    Runtime.getRuntime().halt(1);
                },
                "halt");
        halt.setDaemon(true);
        halt.start();
    }

    private void readLines() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException | UncheckedIOException e) {
            // the process was ended
        }
        lines.add(Optional.empty());
    }

    /**
     * Waits for a line that begins with the prefix, and gives the rest of it.
     *
     * @throws IOException if it does not come in time, or the process ends before
     */
    public String awaitLine(String prefix, Duration most) throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + most.toNanos();
        while (true) {
            Optional<String> line = lines.poll(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException(name + " did not say " + prefix.trim() + " within " + most.toSeconds()
                        + " s; its log is " + log);
            }
            if (line.isEmpty()) {
                throw new IOException(name + " ended; its log is " + log);
            }
            if (line.get().startsWith(prefix)) {
                return line.get().substring(prefix.length());
            }
        }
    }

    /** The operating system's number of it. */
    public long pid() {
        return process.pid();
    }

    /** Asks it to end, and makes it after a while. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        LIVING.remove(process);
    }
}
