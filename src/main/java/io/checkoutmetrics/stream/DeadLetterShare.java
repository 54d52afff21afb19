package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.hit.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Holds what share of the hits became dead letters, minute by minute, over all partitions that this instance reads. More
 * than {@code dead-letters.max-share}, and {@link #LEAST} at least, stop the job: else something that makes all hits
 * unreadable would move the topic into the dead letters. So does a minute most of whose hits are received ahead of the clock, which
 * then is wrong: they would be in no number.
 *
 * <p>A minute is over after one by the clock, or as soon as the records have moved time by one, on the average of the
 * partitions: while history is caught up with, that is after a moment, and mostly within one transaction. It is aborted
 * then, so that a job that is started again and again does not get on. What is processed twice counts twice among dead
 * letters and hits alike. Thread-safe.
 */
public final class DeadLetterShare {
    /** Fewer in a minute never stop the job: with little traffic a handful is a large share. */
    static final long LEAST = 100;

    private static final long MINUTE_MS = 60_000;
    private static final String AGAIN = "What was not committed is read again at the next start. ";
    private static final String LET_THROUGH = "start with --set dead-letters.max-share=off.";

    /** How far records have moved a partition's time since the minute began. Both empty until it had a hit. */
    private record Span(OptionalLong fromMs, OptionalLong toMs) {
        static final Span NONE = new Span(OptionalLong.empty(), OptionalLong.empty());

        Span to(OptionalLong nowMs) {
            return nowMs.isEmpty() ? this : new Span(fromMs.isEmpty() ? nowMs : fromMs, nowMs);
        }

        long ms() {
            return fromMs.isEmpty() ? 0 : Math.max(0, toMs.orElseThrow() - fromMs.getAsLong());
        }
    }

    private final double most;
    private final String deadLetters;
    private final Outcomes outcomes;
    private final Map<Integer, Span> spans = new HashMap<>();
    private final Map<Reason, Long> lettersBefore = new EnumMap<>(Reason.class);
    private long hitsBefore;
    private long aheadBefore;
    private OptionalLong beganAtMs = OptionalLong.empty();

    private DeadLetterShare(double most, String deadLetters, Outcomes outcomes) {
        this.most = most;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    /** What the settings allow. @param outcomes of this instance */
    public static DeadLetterShare of(Settings settings, Outcomes outcomes) {
        return new DeadLetterShare(settings.mostDeadLetters(), settings.topics().deadLetters(), outcomes);
    }

    /** Anything goes: for an input that has an end, and an owner who looks at its dead letters. */
    public static DeadLetterShare unlimited() {
        return new DeadLetterShare(1, "", new Outcomes());
    }

    /**
     * To be called while a partition is read, and when its reading begins.
     *
     * @param clockMs what time it is
     * @param recordsMs how far its records have moved time; empty where none has
     * @throws TooManyDeadLettersException when a minute was over, and too many of its hits were dead letters
     */
    synchronized void look(int partition, long clockMs, OptionalLong recordsMs) {
        if (most >= 1) {
            return;
        }
        if (beganAtMs.isEmpty()) {
            begin(clockMs);
        }
        spans.merge(partition, Span.NONE.to(recordsMs), (span, now) -> span.to(recordsMs));
        long moved = spans.values().stream().mapToLong(Span::ms).sum();
        if (Math.abs(clockMs - beganAtMs.orElseThrow()) >= MINUTE_MS || moved >= MINUTE_MS * spans.size()) {
            judge();
            begin(clockMs);
        }
    }

    /** The partition is not read here any more. */
    synchronized void left(int partition) {
        spans.remove(partition);
    }

    private void begin(long clockMs) {
        beganAtMs = OptionalLong.of(clockMs);
        hitsBefore = outcomes.get("hits_read");
        aheadBefore = outcomes.get(Outcomes.AHEAD_OF_CLOCK);
        for (Reason reason : Reason.values()) {
            lettersBefore.put(reason, outcomes.get(reason.text()));
        }
        spans.replaceAll((partition, span) -> new Span(span.toMs(), span.toMs()));
    }

    private void judge() {
        long hits = outcomes.get("hits_read") - hitsBefore;
        long letters = 0;
        long mostOfOne = 0;
        Reason worst = Reason.BAD_FRAME;
        for (Reason reason : Reason.values()) {
            long count = outcomes.get(reason.text()) - lettersBefore.getOrDefault(reason, 0L);
            letters += count;
            if (count > mostOfOne) {
                mostOfOne = count;
                worst = reason;
            }
        }
        if (letters >= LEAST && letters > most * hits) {
            throw new TooManyDeadLettersException(message(hits, letters, worst, mostOfOne));
        }
        long ahead = outcomes.get(Outcomes.AHEAD_OF_CLOCK) - aheadBefore;
        if (ahead >= LEAST && 2 * ahead > hits) {
            throw new TooManyDeadLettersException(ahead + " of the " + hits + " hits of one minute ("
                    + percent((double) ahead / hits)
                    + ") were received at times that are still to come, by this machine's"
                    + " clock: it is slow, or what writes the hits is fast. Their checkouts are dead letters"
                    + " (future_timestamp). " + AGAIN + "Set the clock right. To go on nevertheless, " + LET_THROUGH);
        }
    }

    private String message(long hits, long letters, Reason worst, long mostOfOne) {
        return letters + " of the " + hits + " hits of one minute (" + percent((double) letters / hits)
                + ") were dead letters, " + mostOfOne + " of them " + worst + "; dead-letters.max-share is "
                + percent(most)
                + ". " + AGAIN + "Look at the newest records of \""
                + deadLetters
                + "\", and mend what writes the hits, the schemas, or the settings that refuse them. To have"
                + " all of them in the dead letters, " + LET_THROUGH;
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share)
                        .movePointRight(2)
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }
}
