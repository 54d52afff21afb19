package io.checkoutmetrics.stream;

import io.checkoutmetrics.window.Watermark;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How far the input has been taken, as the shards of this instance see it. Thread-safe. */
public final class Progress {
    /**
     * Where one shard stands.
     *
     * @param asOf up to when all partitions together have been taken completely; empty while one has not spoken
     * @param isBehind whether that is not now, because more records wait
     * @param slowest the input partition that holds the others back
     * @param standsStillForMs for how long, by the clock, time has stood still, in milliseconds
     */
    public record Standing(Optional<Instant> asOf, boolean isBehind, int slowest, long standsStillForMs) {
        static Standing of(SourceProgress progress) {
            Optional<Watermark> complete = progress.minimum();
            return new Standing(
                    complete.map(Watermark::timeMs).map(Instant::ofEpochMilli),
                    complete.filter(watermark -> watermark.mood() == Watermark.Mood.BEHIND)
                            .isPresent(),
                    progress.slowest(),
                    progress.standsStillForMs());
        }
    }

    private final Map<Integer, Standing> byShard = new ConcurrentHashMap<>();

    void reached(int shard, Standing standing) {
        byShard.put(shard, standing);
    }

    void left(int shard) {
        byShard.remove(shard);
    }

    /** The standing of the shard whose time has stood still longest; empty when this instance has none. */
    public Optional<Standing> slowest() {
        return byShard.values().stream().max(Comparator.comparingLong(Standing::standsStillForMs));
    }
}
