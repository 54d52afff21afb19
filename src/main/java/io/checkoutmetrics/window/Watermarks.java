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
     * What all sources together have completely received: idle when all that has not ended is idle, ended when all have
     * ended. Empty while a source has not spoken.
     */
    public Optional<Watermark> minimum() {
        long newestEnd = Long.MIN_VALUE;
        long oldest = Long.MAX_VALUE;
        boolean running = false;
        boolean idle = true;
        for (Watermark watermark : bySource) {
            if (watermark == null) {
                return Optional.empty();
            }
            if (watermark.mood() == Watermark.Mood.ENDED) {
                newestEnd = Math.max(newestEnd, watermark.timeMs());
            } else {
                running = true;
                oldest = Math.min(oldest, watermark.timeMs());
                idle &= watermark.mood() == Watermark.Mood.IDLE;
            }
        }
        if (!running) {
            return Optional.of(Watermark.ended(newestEnd));
        }
        return Optional.of(idle ? Watermark.idle(oldest) : Watermark.active(oldest));
    }
}
