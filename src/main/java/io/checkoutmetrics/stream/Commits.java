package io.checkoutmetrics.stream;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks the engine for a commit when something was sent that others wait for: at once, unless the last such commit was a
 * moment ago, and then when that moment is over. The engine's own commits can be rare then, as they should be while
 * history is caught up with.
 */
final class Commits {
    private final ProcessorContext<?, ?> context;
    private final long atMostEveryMs;
    private long askedAtMs = Long.MIN_VALUE;
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
        boolean isSoon = askedAtMs != Long.MIN_VALUE && Math.abs(nowMs - askedAtMs) < atMostEveryMs;
        if (isDue && !isSoon) {
            isDue = false;
            askedAtMs = nowMs;
            context.commit();
        }
    }
}
