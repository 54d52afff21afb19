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

    private final String topic;
    private final Duration stallTimeout;
    private final Clock clock;
    private final Consumer<String> say;
    private boolean trouble;
    private Instant saidAt = Instant.MIN;

    /** @param say where the sentences go */
    public ProgressLog(Settings settings, Clock clock, Consumer<String> say) {
        this.topic = settings.topics().input();
        this.stallTimeout = settings.pace().stallTimeout();
        this.clock = clock;
        this.say = say;
    }

    /** Looks where the job stands, and says it if that is due. */
    public void look(Progress progress) {
        progress.slowest().ifPresent(this::look);
    }

    void look(Progress.Standing standing) {
        boolean stalled = standing.standsStillForMs() >= stallTimeout.toMillis();
        Instant now = clock.instant();
        if (!stalled && !standing.isBehind()) {
            if (trouble) {
                say.accept("caught up: results are of now");
            }
            trouble = false;
            saidAt = Instant.MIN;
        } else if (saidAt.isBefore(now.minus(AGAIN))) {
            trouble = true;
            saidAt = now;
            say.accept(stalled ? stalled(standing) : behind(standing, now));
        }
    }

    private String stalled(Progress.Standing standing) {
        return "time has stood still"
                + standing.asOf().map(time -> " at " + time).orElse(", and has not begun,")
                + " for " + Duration.ofMillis(standing.standsStillForMs()).toSeconds() + " s: partition "
                + standing.slowest() + " of \"" + topic
                + "\" holds everything back. It brings no records, and is not known to have none";
    }

    private static String behind(Progress.Standing standing, Instant now) {
        Instant asOf = standing.asOf().orElse(now);
        Duration age = Duration.ofSeconds(Duration.between(asOf, now).toSeconds());
        return "catching up: results are as of " + asOf + ", " + age
                + " ago. Finals are all published, rolling Checkouts" + " once they are of now";
    }
}
