package io.checkoutmetrics.stream;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks the engine for a commit when something was sent that others wait for: at once, unless the last such commit was a
 * moment ago, and then when that moment is over. The engine's own commits can be rare then, as they should be while
 * history is caught up with.
 *
 * <p>When the thread was held up, by commits that take long above all, work has its turn before the next: the engine takes one
 * record of each task between a commit and whatever is due right after it, and with commits one after the other each would
 * bring more watermarks than it takes.
 */
final class Commits {
    private final ProcessorContext<?, ?> context;
    private final long atMostEveryMs;
    private long askedAtMs = Long.MIN_VALUE;
    private long heardAtMs = Long.MIN_VALUE;
    private long workUntilMs = Long.MIN_VALUE;
    private boolean isDue;

    /** @param atMostEvery two commits are at least so far apart, as far as they are asked for here */
    Commits(ProcessorContext<?, ?> context, Duration atMostEvery) {
        this.context = context;
        this.atMostEveryMs = atMostEvery.toMillis();
        context.schedule(atMostEvery, PunctuationType.WALL_CLOCK_TIME, this::commitIfDue);
    }

    /** Others wait for what was sent. */
    void soon() {
        isDue = true;
        commitIfDue(context.currentSystemTimeMs());
    }

    private void commitIfDue(long nowMs) {
        if (wasHeldUp(nowMs)) {
            workUntilMs = nowMs + atMostEveryMs;
        }
        heardAtMs = nowMs;
        boolean isSoon = askedAtMs != Long.MIN_VALUE && Math.abs(nowMs - askedAtMs) < atMostEveryMs;
        if (isDue && !isSoon && !isWorksTurn(nowMs)) {
            isDue = false;
            askedAtMs = nowMs;
            context.commit();
        }
    }

    /** The engine calls every so often, so nobody had a turn for as long again. */
    private boolean wasHeldUp(long nowMs) {
        return heardAtMs != Long.MIN_VALUE && nowMs - heardAtMs > 2 * atMostEveryMs;
    }

    /** Clocks may be set back. */
    private boolean isWorksTurn(long nowMs) {
        return nowMs < workUntilMs && workUntilMs - nowMs <= atMostEveryMs;
    }
}
