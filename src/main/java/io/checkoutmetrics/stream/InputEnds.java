package io.checkoutmetrics.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The ends of one partition that the broker named, each with the moment it was asked, as far as they were not reached
 * yet. Thread-safe.
 */
final class InputEnds {
    /** A backlog needs few: what counts is the oldest that was not reached, and the newest. */
    private static final int MOST = 240;

    /** Asked several times a second, a broker that named no end for so long was not to be reached. */
    private static final long BREAK_MS = 5_000;

    private record End(long offset, long askedAtMs) {}

    private final Deque<End> unreached = new ArrayDeque<>();
    private @Nullable End reached;
    private OptionalLong namedAtMs = OptionalLong.empty();
    private OptionalLong namedAgainAtMs = OptionalLong.empty();

    /** The broker was asked then, and this is what it said. */
    synchronized void named(long offset, long askedAtMs) {
        boolean isBack = namedAtMs.isEmpty() || askedAtMs - namedAtMs.getAsLong() >= BREAK_MS;
        boolean isClockSetBack = namedAgainAtMs.isPresent() && namedAgainAtMs.getAsLong() > askedAtMs;
        if (isBack || isClockSetBack) {
            namedAgainAtMs = OptionalLong.of(askedAtMs);
        }
        namedAtMs = OptionalLong.of(askedAtMs);
        unreached.removeIf(end -> end.offset > offset); // the log was cut back: these will never be reached
        while (unreached.size() >= MOST) {
            unreached.removeLast();
        }
        unreached.addLast(new End(offset, askedAtMs));
    }

    /** Looks which ends have been reached by now: one that was may be out of reach again, after a failure. */
    synchronized void look(LongPredicate isReached) {
        if (reached != null && !isReached.test(reached.offset)) {
            unreached.addFirst(reached);
            reached = null;
        }
        while (!unreached.isEmpty() && isReached.test(unreached.getFirst().offset)) {
            reached = unreached.removeFirst();
        }
    }

    /** Up to when the partition is known to be empty: the newest end was reached, and an older one says nothing of later. */
    synchronized OptionalLong quietUntilMs() {
        return reached == null || !unreached.isEmpty() ? OptionalLong.empty() : OptionalLong.of(reached.askedAtMs);
    }

    /** When an end was named for the first time, or again after the broker could not be reached for a while. */
    synchronized OptionalLong namedAgainAtMs() {
        return namedAgainAtMs;
    }

    /** For how long the oldest end has been known that was not reached; 0 if there is none, empty if none was named. */
    synchronized OptionalLong waitingForMs(long nowMs) {
        if (!unreached.isEmpty()) {
            return OptionalLong.of(Math.max(0, nowMs - unreached.getFirst().askedAtMs));
        }
        return reached == null ? OptionalLong.empty() : OptionalLong.of(0);
    }
}
