package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.registry.RegistryException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every minute whether this machine's clock and the schema registry's differ. The job cannot know which of them is
 * wrong, so it says so and goes on.
 */
final class ClockGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClockGuard.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    /** What clocks that somebody looks after never differ by. */
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private final RegistryClient registry;
    private final Consumer<String> say;
    private boolean isSaid;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "clock-guard");
        thread.setDaemon(true);
        return thread;
    });

    /** @param registry closed with this */
    ClockGuard(RegistryClient registry, Consumer<String> say) {
        this.registry = registry;
        this.say = say;
    }

    static ClockGuard of(Settings settings) {
        return new ClockGuard(RegistryClient.of(settings.registry()), LOG::warn);
    }

    void start() {
        looker.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says it when it begins and when it is over. */
    void look() {
        try {
            registry.ping();
        } catch (RegistryException e) {
            LOG.debug("the registry does not say what time it is, or does so in refusing", e);
        } catch (RuntimeException e) {
            LOG.debug("nothing is known of the registry's clock now", e);
            return;
        }
        Optional<Duration> ahead = registry.clockAhead();
        if (ahead.isEmpty()) {
            return;
        }
        Optional<Finding> wrong = finding(ahead.get());
        if (wrong.isPresent() && !isSaid) {
            say.accept(wrong.get().line());
        } else if (wrong.isEmpty() && isSaid) {
            say.accept("clock: agrees with the schema registry's again");
        }
        isSaid = wrong.isPresent();
    }

    /** How far this machine's clock is ahead of the registry's at least, in seconds; NaN where that is not known. */
    double aheadSeconds() {
        return registry.clockAhead().map(ahead -> ahead.toMillis() / 1e3).orElse(Double.NaN);
    }

    /** What is wrong with a clock that is so far ahead of the registry's; nothing if that is little. */
    static Optional<Finding> finding(Duration ahead) {
        if (ahead.abs().compareTo(TOLERATED) <= 0) {
            return Optional.empty();
        }
        boolean isAhead = !ahead.isNegative();
        return Optional.of(Finding.warning(
                "clock",
                "this machine's is " + ahead.abs().toSeconds() + " s " + (isAhead ? "ahead of" : "behind")
                        + " the schema registry's. If it is wrong, "
                        + (isAhead
                                ? "the time of quiet partitions runs ahead, and hits come too late for it."
                                : "quiet partitions hold results back, and hits of now may be taken for hits of the"
                                        + " future."),
                "Set the one right that is wrong."));
    }

    @Override
    public void close() {
        looker.shutdownNow();
        registry.close();
    }
}
