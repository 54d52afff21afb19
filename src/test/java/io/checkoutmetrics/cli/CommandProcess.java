package io.checkoutmetrics.cli;

import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.ShortLivedJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A command of the packaged jar in a process of its own, as a user starts it. */
final class CommandProcess implements AutoCloseable {
    private static final long DONE_WITHIN_SECONDS = 180;
    private static final Pattern PAGE_URL = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+(?=/, and /metrics)");

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandProcess(Path folder, List<String> command) throws IOException {
        this(folder, Map.of(), command);
    }

    private CommandProcess(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        out = Files.createTempFile(folder, "out", ".txt");
        err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("CHECKOUT_METRICS_HTTP_LISTEN", "127.0.0.1:0");
        builder.environment().put("CHECKOUT_METRICS_STATE_DIR_TEMPORARY", "true"); // folders of tests are
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Starts one line of a shell in that folder, with this JVM's java; what is told to it the command hears. */
    static CommandProcess shell(Path folder, Map<String, String> environment, String line) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PATH", ShortLivedJvm.program().getParent() + File.pathSeparator + System.getenv("PATH"));
        variables.put(
                "JAVA_TOOL_OPTIONS",
                String.join(" ", ShortLivedJvm.flags()) + " -Djava.io.tmpdir=" + temporaryFiles(folder));
        try {
            return new CommandProcess(folder, variables, List.of("sh", "-c", "exec " + line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command in that folder. */
    static CommandProcess start(Path folder, String... arguments) {
        try {
            return new CommandProcess(folder, javaWith(folder, arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command in that folder for a reader who goes away after the first line. */
    static CommandProcess startForHead(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -n 1", "sh"));
        command.addAll(javaWith(folder, arguments));
        try {
            return new CommandProcess(folder, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> javaWith(Path folder, String... arguments) {
        List<String> command = ShortLivedJvm.command();
        command.addAll(List.of("-Djava.io.tmpdir=" + temporaryFiles(folder), "-jar", System.getProperty("job.jar")));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Where the commands of that folder keep their temporary files. */
    static Path temporaryFiles(Path folder) {
        try {
            return Files.createDirectories(folder.resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            if (!process.waitFor(DONE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits until a job's engine has what it needs and runs. */
    void awaitRunning() {
        await().atMost(Patience.LONG).until(() -> err().contains("RUNNING (was"));
    }

    /** Where it serves its page, without the last slash; empty as long as it does not. */
    Optional<String> pageUrl() {
        return PAGE_URL.matcher(err()).results().map(MatchResult::group).findFirst();
    }

    /** Waits until it serves its page. @return where, without the last slash */
    String awaitPageUrl() {
        await().atMost(Patience.LONG).until(() -> pageUrl().isPresent());
        return pageUrl().orElseThrow();
    }

    /** Kills it as a failing machine would: {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Asks it to stop: SIGTERM. */
    void stop() {
        process.destroy();
    }

    String out() {
        return read(out);
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
