package io.checkoutmetrics.faults;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.checkoutmetrics.ShortLivedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A main class in a JVM of its own, which can be signalled. It ends with this one in any case: when it is closed, by a
 * shutdown hook, and by itself when this process is gone ({@link EndsWithParent}).
 */
final class Child implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 50;
    private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVING.forEach(Process::destroyForcibly), "children"));
    }

    private final String name;
    private final Process process;
    private final Path log;
    private final long logStart;

    private Child(String name, Process process, Path log, long logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /** @param log gets everything it says, after what is there */
    static Child start(String name, Path log, List<String> flags, String main, String... arguments) {
        List<String> command = ShortLivedJvm.command();
        command.addAll(flags);
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(List.of("-cp", ShortLivedJvm.classPath(), EndsWithParent.class.getName(), main));
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            LIVING.add(process);
            return new Child(name, process, log, logStart);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** What it has said since it was started. */
    String said() {
        try (var from = Files.newInputStream(log)) {
            from.skipNBytes(logStart);
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastWords() {
        return said().lines().reduce("", (before, last) -> last);
    }

    /** @throws IllegalStateException when it ends, or takes longer, without having said that */
    void awaitSaying(String words, Duration most) {
        long until = System.nanoTime() + most.toNanos();
        while (!said().contains(words)) {
            if (!isRunning()
                    || System.nanoTime() > until
                    || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(
                        name + (isRunning() ? " takes too long" : " ended") + "; its log is " + log);
            }
            LockSupport.parkNanos(MILLISECONDS.toNanos(LOOK_EVERY_MS));
        }
    }

    /** {@code kill -9}, as a failing machine would. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGTERM. Sent by way of the handle, which leaves the child's standard input open. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGSTOP now, and SIGCONT after that time: also if nobody is left to send it. */
    void freeze(Duration lasting) {
        String pid = Long.toString(process.pid());
        String seconds = Double.toString(lasting.toMillis() / 1000.0);
        try {
            new ProcessBuilder("sh", "-c", "kill -STOP " + pid + "; sleep " + seconds + "; kill -CONT " + pid)
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its exit code; empty if it still runs after that time. */
    OptionalInt awaitEnd(Duration most) {
        try {
            if (process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                LIVING.remove(process);
                return OptionalInt.of(process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        kill();
    }
}
