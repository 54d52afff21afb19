package io.checkoutmetrics.operate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When the brokers were last heard of by whoever asks them every few seconds. Thread-safe. */
final class BrokerAnswers {
    private static final Duration LATE = Duration.ofSeconds(15);

    /** Longer than what is between two tries of a stream thread. */
    private static final Duration REFUSAL_LASTS = Duration.ofSeconds(30);

    private final Clock clock;
    private volatile Instant cameAt;
    private volatile boolean isRefused;
    private volatile Instant workRefusedAt = Instant.EPOCH;

    BrokerAnswers(Clock clock) {
        this.clock = clock;
        this.cameAt = clock.instant(); // nothing starts without them
    }

    void came() {
        cameAt = clock.instant();
        isRefused = false;
    }

    /** They answer, but do not allow what was asked. */
    void refused() {
        isRefused = true;
    }

    /** They do not let a stream thread do its work, whatever else they allow. */
    void refusedWork() {
        workRefusedAt = clock.instant();
    }

    private boolean isWorkRefused() {
        return clock.instant().isBefore(workRefusedAt.plus(REFUSAL_LASTS));
    }

    Part part() {
        if (isRefused || isWorkRefused()) {
            return Part.ill("brokers", "Kafka refuses us: look at ACLs and credentials");
        }
        Duration silence = Duration.between(cameAt, clock.instant());
        return silence.compareTo(LATE) < 0
                ? Part.well("brokers", "answering")
                : Part.ill("brokers", "no answer for " + silence.toSeconds() + " s");
    }
}
