package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.feed.ReceivedHit;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Made-up visitors on the move: sends their hits as they happen, in a thread of its own. */
final class Traffic implements AutoCloseable {
    private static final long STEP_MS = 20;

    private final Function<Instant, List<ReceivedHit>> hitsUntil;
    private final HitsTopic hits;
    private final Clock clock;
    private final ScheduledExecutorService steps = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "traffic");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable RuntimeException failure;

    private Traffic(Function<Instant, List<ReceivedHit>> hitsUntil, HitsTopic hits, Clock clock) {
        this.hitsUntil = hitsUntil;
        this.hits = hits;
        this.clock = clock;
    }

    /** @param hitsUntil the hits received before that moment and since it was last asked, in the order received */
    static Traffic start(Function<Instant, List<ReceivedHit>> hitsUntil, Settings settings, Clock clock) {
        Traffic traffic = new Traffic(hitsUntil, new HitsTopic(settings), clock);
        traffic.steps.scheduleWithFixedDelay(traffic::step, 0, STEP_MS, TimeUnit.MILLISECONDS);
        return traffic;
    }

    private void step() {
        try {
            for (ReceivedHit hit : hitsUntil.apply(clock.instant())) {
                hits.send(hit);
            }
        } catch (RuntimeException e) {
            failure = e;
            steps.shutdown();
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    void throwFailure() {
        RuntimeException first = failure;
        if (first != null) {
            throw first;
        }
    }

    /** Ends it, and tells how many hits were sent and are stored. */
    long end() throws InterruptedException {
        steps.shutdownNow();
        steps.awaitTermination(5, TimeUnit.SECONDS);
        hits.flush();
        return hits.sent();
    }

    @Override
    public void close() throws InterruptedException {
        steps.shutdownNow();
        steps.awaitTermination(5, TimeUnit.SECONDS);
        hits.close();
    }
}
