package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Watermark;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the time of one input partition has come, and when that is worth passing on. It moves with the records; where
 * the partition is quiet, and known to be read to its end, with the clock.
 */
final class PartitionTime {
    private static final long STEP_OF_HISTORY_MS = 50_000;

    /** A partition whose records wait for longer is behind. */
    private static final long BEHIND_AFTER_MS = 10_000;

    /** One whose records wait for less is not. */
    private static final long CAUGHT_UP_WITHIN_MS = 1_000;

    private final InputHorizon horizon;
    private final Arrivals arrivals;
    private final int partition;
    private final long sliceMs;
    private final long delayMs;
    private final long idleTimeoutMs;
    private final long heartbeatMs;
    private final long startedAtMs;
    private long nextOffset;
    private long takenAtMs;
    private long passedOnAtMs;
    private boolean isBehind = true;

    /** @param nowMs what time it is when the partition is taken over */
    PartitionTime(Settings settings, InputHorizon horizon, Arrivals arrivals, int partition, long nowMs) {
        this.horizon = horizon;
        this.arrivals = arrivals;
        this.partition = partition;
        this.sliceMs = settings.rolling().sliceMs();
        this.delayMs = settings.pace().watermarkDelay().toMillis();
        this.idleTimeoutMs = settings.pace().idleTimeout().toMillis();
        this.heartbeatMs = SourceWatermark.heartbeatMs(settings.pace());
        startedAtMs = nowMs;
        takenAtMs = nowMs;
        passedOnAtMs = nowMs;
    }

    /** Everything before that offset has been taken by now, by the clock. */
    void taken(long untilOffset, long nowMs) {
        nextOffset = untilOffset;
        takenAtMs = nowMs;
    }

    /** By what was received or passed on; later than that everything may still come. Empty before anything was. */
    OptionalLong nowMs() {
        Watermark passedOn = arrivals.passedOn();
        OptionalLong newest = arrivals.newestRecordMs();
        if (newest.isEmpty()) {
            return passedOn == null ? OptionalLong.empty() : OptionalLong.of(passedOn.timeMs());
        }
        long byRecords = Math.max(0, newest.getAsLong() - delayMs);
        return OptionalLong.of(passedOn == null ? byRecords : Math.max(byRecords, passedOn.timeMs()));
    }

    /** The watermark to pass on after a record, if it moved time by a step. */
    Optional<Watermark> afterRecord() {
        OptionalLong now = nowMs();
        Watermark passedOn = arrivals.passedOn();
        return now.isPresent() && (passedOn == null || isStepFurther(passedOn.timeMs(), now.getAsLong()))
                ? Optional.of(byRecords(now.getAsLong()))
                : Optional.empty();
    }

    /** Of now, every slice is a step; history is gone through in larger ones, since nobody waits for its slices. */
    private boolean isStepFurther(long fromMs, long toMs) {
        return isBehind
                ? toMs - fromMs >= STEP_OF_HISTORY_MS
                : Slices.floor(toMs, sliceMs) > Slices.floor(fromMs, sliceMs);
    }

    private Watermark byRecords(long timeMs) {
        return isBehind ? Watermark.behind(timeMs) : Watermark.active(timeMs);
    }

    /** The watermark to pass on as the clock goes on: when there is news, and as a heartbeat. */
    Optional<Watermark> atClock(long clockMs) {
        Optional<Watermark> now = watermark(clockMs);
        boolean isNews = arrivals.isHolding() || now.isPresent() && !now.get().equals(arrivals.passedOn());
        return isNews || clockMs - passedOnAtMs >= heartbeatMs ? now : Optional.empty();
    }

    private Optional<Watermark> watermark(long clockMs) {
        if (horizon.isEnded(partition, nextOffset)) {
            return Optional.of(Watermark.ended(arrivals.newestRecordMs().orElse(-1) + 1));
        }
        lookHowFarBehind(clockMs);
        OptionalLong byRecords = nowMs();
        OptionalLong quietUntil =
                clockMs - takenAtMs < idleTimeoutMs ? OptionalLong.empty() : horizon.quietUntil(partition, nextOffset);
        if (quietUntil.isPresent()) {
            long byClock = quietUntil.getAsLong() - delayMs;
            return Optional.of(Watermark.idle(Math.max(byClock, byRecords.orElse(byClock))));
        }
        return byRecords.isPresent() ? Optional.of(byRecords(byRecords.getAsLong())) : Optional.empty();
    }

    /** Behind from the start until next to nothing waits, and again once something has waited for long. */
    private void lookHowFarBehind(long clockMs) {
        OptionalLong waitingForMs = horizon.waitingForMs(partition, nextOffset);
        if (waitingForMs.isEmpty()) {
            isBehind &= clockMs - startedAtMs < BEHIND_AFTER_MS; // nobody can say: better late numbers than none
        } else if (waitingForMs.getAsLong() >= BEHIND_AFTER_MS) {
            isBehind = true;
        } else if (waitingForMs.getAsLong() < CAUGHT_UP_WITHIN_MS) {
            isBehind = false;
        }
    }

    /** The watermark was passed on then, by the clock. */
    void passedOn(long clockMs) {
        passedOnAtMs = clockMs;
    }
}
