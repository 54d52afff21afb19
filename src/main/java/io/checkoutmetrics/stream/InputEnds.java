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

    private record End(long offset, long askedAtMs) {}

    private final Deque<End> unreached = new ArrayDeque<>();
    private @Nullable End reached;

    /** The broker was asked then, and this is what it said. */
    synchronized void named(long offset, long askedAtMs) {
        if (unreached.size() == MOST) {
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

    /** The moment at which the newest end was asked that has been reached. */
    synchronized OptionalLong reachedAtMs() {
        return reached == null ? OptionalLong.empty() : OptionalLong.of(reached.askedAtMs);
    }

    /** The moment at which the oldest end was asked that has not been reached. */
    synchronized OptionalLong unreachedSinceMs() {
        return unreached.isEmpty() ? OptionalLong.empty() : OptionalLong.of(unreached.getFirst().askedAtMs);
    }
}
