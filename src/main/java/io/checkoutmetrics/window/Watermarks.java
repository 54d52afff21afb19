package io.checkoutmetrics.window;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The watermarks of all sources of a stage, and their minimum: what the whole stage has completely received. A source
 * that has not spoken yet holds everything back; a source's time never goes back.
 *
 * <p>Sources that have ended hold nobody back. Once all have ended, the newest of their times is what was received, and
 * nothing more will come. Not thread-safe.
 */
public final class Watermarks {
    private final @Nullable Watermark[] bySource;

    /** For sources numbered 0 to {@code sources - 1}. */
    public Watermarks(int sources) {
        if (sources < 1) {
            throw new IllegalArgumentException("at least one source: " + sources);
        }
        bySource = new Watermark[sources];
    }

    /**
     * Takes what a source says now and returns what it is remembered as: time never goes back.
     *
     * @throws IndexOutOfBoundsException when there is no such source
     */
    public Watermark update(int source, Watermark watermark) {
        Watermark before = bySource[source];
        Watermark now = before == null || watermark.timeMs() >= before.timeMs()
                ? watermark
                : new Watermark(before.timeMs(), watermark.mood());
        bySource[source] = now;
        return now;
    }

    /**
     * What all sources together have completely received: idle when all that has not ended is idle, behind when one that
     * holds the others is behind, ended when all have ended. Empty while a source has not spoken.
     */
    public Optional<Watermark> minimum() {
        int slowest = slowest();
        Watermark minimum = bySource[slowest];
        if (minimum == null) {
            return Optional.empty();
        }
        if (!minimum.isRunning()) {
            return Optional.of(Watermark.ended(newestEndMs()));
        }
        boolean idle = true;
        boolean behind = false;
        for (Watermark watermark : bySource) {
            if (watermark != null && watermark.isRunning()) {
                idle &= watermark.mood() == Watermark.Mood.IDLE;
                behind |= watermark.mood() == Watermark.Mood.BEHIND && watermark.timeMs() == minimum.timeMs();
            }
        }
        if (behind) {
            return Optional.of(Watermark.behind(minimum.timeMs()));
        }
        return Optional.of(idle ? Watermark.idle(minimum.timeMs()) : Watermark.active(minimum.timeMs()));
    }

    /** The source that holds all others back: the first that has not spoken, else the one that has come least far. */
    public int slowest() {
        int slowest = 0;
        for (int source = 0; source < bySource.length; source++) {
            Watermark watermark = bySource[source];
            if (watermark == null) {
                return source;
            }
            if (comesBefore(watermark, bySource[slowest])) {
                slowest = source;
            }
        }
        return slowest;
    }

    private static boolean comesBefore(Watermark one, @Nullable Watermark other) {
        if (other == null || one.isRunning() != other.isRunning()) {
            return one.isRunning();
        }
        return one.timeMs() < other.timeMs();
    }

    private long newestEndMs() {
        long newest = Long.MIN_VALUE;
        for (Watermark watermark : bySource) {
            newest = watermark == null ? newest : Math.max(newest, watermark.timeMs());
        }
        return newest;
    }
}
