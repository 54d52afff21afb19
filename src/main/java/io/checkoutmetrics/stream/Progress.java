package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How far the records have been taken, as the tasks of this instance see it. Thread-safe. */
public final class Progress {
    /** Which of the stages that wait for several sources. */
    enum Stage {
        COUNT_ONCE,
        ROLL
    }

    private record Task(Stage stage, int partition) {}

    /**
     * Where one task stood when it heard of its sources last.
     *
     * @param sources the topic whose partitions are the sources
     * @param asOf up to when all of them together have been taken completely; empty while one has not spoken
     * @param isBehind whether that is not now, because more records wait
     * @param slowest the partition that holds the others back
     * @param stoodStillForMs for how long, by the clock, time had stood still then, in milliseconds
     * @param heardAt when that was
     */
    public record Standing(
            String sources,
            Optional<Instant> asOf,
            boolean isBehind,
            int slowest,
            long stoodStillForMs,
            Instant heardAt) {
        static Standing of(String sources, SourceProgress progress, long nowMs) {
            Optional<Watermark> complete = progress.minimum();
            return new Standing(
                    sources,
                    complete.map(Watermark::timeMs).map(Instant::ofEpochMilli),
                    complete.filter(watermark -> watermark.mood() == Watermark.Mood.BEHIND)
                            .isPresent(),
                    progress.slowest(),
                    progress.standsStillForMs(),
                    Instant.ofEpochMilli(nowMs));
        }

        /** For how long, by the clock, time has stood still, given what time it is; never less than when it was heard. */
        public Duration standsStillFor(Instant now) {
            return Duration.ofMillis(stoodStillForMs)
                    .plus(now.isBefore(heardAt) ? Duration.ZERO : Duration.between(heardAt, now));
        }
    }

    private final Map<Task, Standing> byTask = new ConcurrentHashMap<>();
    private final Map<Integer, Instant> inputs = new ConcurrentHashMap<>();
    private final Map<Integer, Long> seriesByShard = new ConcurrentHashMap<>();

    void reached(Stage stage, int partition, Standing standing) {
        byTask.put(new Task(stage, partition), standing);
    }

    void left(Stage stage, int partition) {
        byTask.remove(new Task(stage, partition));
        if (stage == Stage.ROLL) {
            seriesByShard.remove(partition);
        }
    }

    /** An input partition of this instance's is complete up to that time. */
    void inputReached(int partition, long timeMs) {
        inputs.put(partition, Instant.ofEpochMilli(timeMs));
    }

    void inputLeft(int partition) {
        inputs.remove(partition);
    }

    /** Up to when each input partition that this instance reads is complete; one that has never had a hit is missing. */
    public Map<Integer, Instant> inputs() {
        return Map.copyOf(inputs);
    }

    void holds(int shard, long series) {
        seriesByShard.put(shard, series);
    }

    /** How many series this instance rolls that have anything in their windows. */
    public long series() {
        return seriesByShard.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Where the tasks of this instance stand that publish. */
    public List<Standing> publishing() {
        return byTask.entrySet().stream()
                .filter(task -> task.getKey().stage == Stage.ROLL)
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * The standing of the task whose time has come least far; of several as far, the one that has known it longest, which is
     * nearest to the input. Empty when this instance has none.
     */
    public Optional<Standing> slowest() {
        return byTask.values().stream()
                .min(Comparator.<Standing, Instant>comparing(
                                standing -> standing.asOf().orElse(Instant.MIN))
                        .thenComparing(Comparator.comparingLong(Standing::stoodStillForMs)
                                .reversed()));
    }
}
