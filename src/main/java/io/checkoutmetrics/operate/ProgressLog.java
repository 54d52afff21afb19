package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Says in the log when history is caught up with, how far behind the results are, and which partition it is when time
 * stands still. Said again every so often as long as it lasts, and once when it is over.
 */
public final class ProgressLog {
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** Less is nothing to speak of: at every start something waits for a moment. */
    private static final Duration FAR_BEHIND = Duration.ofSeconds(10);

    private final Duration stallTimeout;
    private final Clock clock;
    private final Consumer<String> say;
    private final ClockSteps steps = new ClockSteps();
    private boolean trouble;
    private Instant saidAt = Instant.MIN;

    /** @param say where the sentences go */
    public ProgressLog(Settings settings, Clock clock, Consumer<String> say) {
        this.stallTimeout = settings.pace().stallTimeout();
        this.clock = clock;
        this.say = say;
    }

    /** Looks where the job stands, and at the clock, and says it if that is due. */
    public void look(Progress progress) {
        Instant now = clock.instant();
        Duration setBackBy = steps.setBackBy(now);
        if (setBackBy.compareTo(stallTimeout) < 0) {
            progress.slowest().ifPresent(this::look);
        } else if (isDue(now)) {
            trouble = true;
            saidAt = now;
            say.accept(ClockSteps.words(setBackBy, now));
        }
    }

    /** What was said at a time that is still to come was said before the clock was set back. */
    private boolean isDue(Instant now) {
        return saidAt.isAfter(now) || saidAt.isBefore(now.minus(AGAIN));
    }

    void look(Progress.Standing standing) {
        Instant now = clock.instant();
        Duration still = standing.standsStillFor(now);
        boolean stalled = still.compareTo(stallTimeout) >= 0;
        boolean behind = standing.isBehind() && age(standing, now).compareTo(FAR_BEHIND) >= 0;
        if (!stalled && !behind) {
            if (trouble) {
                say.accept("caught up: results are of now");
            }
            trouble = false;
        } else if (isDue(now)) {
            trouble = true;
            saidAt = now;
            say.accept(stalled ? stalled(standing, still) : behind(standing, now));
        }
    }

    private static Duration age(Progress.Standing standing, Instant now) {
        return Duration.ofSeconds(
                Duration.between(standing.asOf().orElse(now), now).toSeconds());
    }

    private static String stalled(Progress.Standing standing, Duration still) {
        return "time has stood still"
                + standing.asOf().map(time -> " at " + time).orElse(", and has not begun,")
                + " for " + still.toSeconds() + " s: partition " + standing.slowest() + " of \"" + standing.sources()
                + "\" holds everything back. "
                + (standing.isBehind()
                        ? "Its records wait, and bring no newer time"
                        : "It brings no records, and is not known to have none");
    }

    private static String behind(Progress.Standing standing, Instant now) {
        return "catching up: results are as of " + standing.asOf().orElse(now) + ", " + age(standing, now)
                + " ago. Finals are all published, rolling Checkouts once they are of now";
    }
}
