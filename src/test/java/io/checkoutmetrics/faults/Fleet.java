package io.checkoutmetrics.faults;

import io.checkoutmetrics.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Instances of the job, each in a process of its own, with a link to the brokers and a state folder of its own. */
final class Fleet implements AutoCloseable {
    /** So many run all the time; one more comes and goes. */
    static final int SIZE = 2;

    static final int WITH_GUEST = SIZE + 1;

    private static final int KILLED = 128 + 9;
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);
    private static final Duration STOPS_WITHIN = Duration.ofMinutes(2);
    private static final List<String> FLAGS = List.of("-Xms64m", "-Xmx256m");

    private final Path folder;
    private final Map<Integer, Child> instances = new TreeMap<>();
    private final List<Map<String, String>> settings = new ArrayList<>();
    private final Set<Child> ended = new HashSet<>();
    private final List<String> unexpectedEnds = new ArrayList<>();

    /** @param settings of every instance, over those that connect it */
    Fleet(Path folder, Cluster cluster, FaultyRegistry registry, Map<String, String> settings, boolean isStatic) {
        this.folder = folder;
        for (int i = 0; i < WITH_GUEST; i++) {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("kafka.bootstrap.servers", cluster.bootstrap(i));
            all.put("schema.registry.url", registry.url());
            all.put("state.dir", stateFolder(i).toString());
            all.put("state.dir.temporary", "true");
            all.put("topics.create", "true");
            all.put("http.listen", "127.0.0.1:0");
            if (isStatic && i < SIZE) {
                all.put("kafka.group.instance.id", "instance-" + i);
            }
            all.putAll(settings);
            this.settings.add(all);
        }
    }

    Path stateFolder(int instance) {
        return folder.resolve("state-" + instance).toAbsolutePath();
    }

    Child process(int instance) {
        Child child = instances.get(instance);
        if (child == null) {
            throw new IllegalStateException("instance " + instance + " was never started");
        }
        return child;
    }

    /** Starts it, and does not wait for it. Starts nothing if it runs. */
    void start(int instance) {
        Child before = instances.get(instance);
        if (before != null && before.isRunning()) {
            return;
        }
        Path file = folder.resolve("instance-" + instance + ".properties");
        try {
            Files.createDirectories(folder);
            Files.write(
                    file,
                    settings.get(instance).entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        instances.put(
                instance,
                Child.start(
                        "instance " + instance,
                        folder.resolve("instance-" + instance + ".log"),
                        FLAGS,
                        Main.class.getName(),
                        "run",
                        "--config",
                        file.toString()));
    }

    /** Waits until it is at work; one that gives up meanwhile is started again. */
    void awaitRunning(int instance) {
        boolean isRunning = OutputWatch.await(
                        () -> {
                            startAgain(instance);
                            return process(instance).said().contains("RUNNING (was");
                        },
                        STARTS_WITHIN)
                .isPresent();
        if (!isRunning) {
            throw new IllegalStateException(
                    "instance " + instance + " does not run after " + STARTS_WITHIN.toSeconds() + " s");
        }
    }

    /** {@code kill -9}; nothing if it does not run. */
    void kill(int instance) {
        noteIfEnded(instance);
        process(instance).kill();
    }

    /** SIGTERM; it has to be gone soon, by itself. */
    void terminate(int instance) {
        if (noteIfEnded(instance)) {
            return;
        }
        Child child = process(instance);
        ended.add(child);
        child.terminate();
        OptionalInt exit = child.awaitEnd(STOPS_WITHIN);
        if (exit.isEmpty()) {
            unexpectedEnds.add("instance " + instance + " did not stop within " + STOPS_WITHIN.toSeconds() + " s");
            child.kill();
        } else if (exit.getAsInt() != 0 && !child.said().isBlank()) { // else it was told before it could listen
            unexpectedEnds.add(
                    "instance " + instance + " told to stop, exit code " + exit.getAsInt() + ": " + child.lastWords());
        }
    }

    /** Starts those that ended though nobody ended them, as whatever runs services does. */
    void heal() {
        for (int i = 0; i < SIZE; i++) {
            startAgain(i);
        }
    }

    private void startAgain(int instance) {
        noteIfEnded(instance);
        start(instance);
    }

    private boolean noteIfEnded(int instance) {
        Child child = process(instance);
        OptionalInt exit = child.isRunning() ? OptionalInt.empty() : child.awaitEnd(Duration.ZERO);
        if (exit.isPresent() && exit.getAsInt() != KILLED && ended.add(child)) {
            unexpectedEnds.add(
                    "instance " + instance + " gave up, exit code " + exit.getAsInt() + ": " + child.lastWords());
        }
        return exit.isPresent();
    }

    /** Ends that no fault asked for, each with its last words. */
    List<String> unexpectedEnds() {
        return List.copyOf(unexpectedEnds);
    }

    @Override
    public void close() {
        instances.values().forEach(Child::close);
    }
}
