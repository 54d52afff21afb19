package io.checkoutmetrics.operate;

import io.checkoutmetrics.registry.RegistryException;
import io.checkoutmetrics.stream.IncompatibleStateException;
import io.checkoutmetrics.stream.TooManyDeadLettersException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: it is replaced up to three times in ten minutes. What another try cannot mend
 * ends the job at once: an {@link Error}, a full disk, a registry that refuses us, too many dead letters, settings that do
 * not fit the stored state. An ACL that is missing is waited for, however long: the thread is replaced after a pause.
 */
final class FailurePolicy {
    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
    private static final int MOST_REPLACED = 3;
    private static final int MOST_CAUSES = 50;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    /** Between two tries while an ACL is missing. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Duration pause;
    private final Runnable whenRefused;
    private final CountDownLatch endExpected = new CountDownLatch(1);
    private final AtomicLong deaths = new AtomicLong();
    private final Deque<Long> replacedAtMs = new ArrayDeque<>();

    /**
     * @param pause before a thread is replaced that died of a missing ACL
     * @param whenRefused told of each such death, before the pause
     */
    FailurePolicy(Clock clock, Duration pause, Runnable whenRefused) {
        this.clock = clock;
        this.pause = pause;
        this.whenRefused = whenRefused;
    }

    StreamsUncaughtExceptionHandler remembering(Consumer<Throwable> failed) {
        return failure -> {
            if (endExpected.getCount() == 0) {
                LOG.info("a stream thread ends: {}", describe(failure));
                return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
            deaths.incrementAndGet();
            failed.accept(failure);
            if (Remedies.isRefusal(rootOf(failure))) {
                LOG.warn("Kafka refuses us; tried again every {} s: {}", pause.toSeconds(), describe(failure));
                whenRefused.run();
                return afterPause();
            }
            if (isHopeless(failure) || !mayReplace()) {
                if (Remedies.isKnown(rootOf(failure))) {
                    LOG.info("stopping, since a stream thread cannot go on"); // the command's last words say why
                } else {
                    LOG.error("stopping: {}", describe(failure), failure);
                }
                return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
            LOG.warn("a stream thread died and is replaced: {}", describe(failure));
            return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
        };
    }

    private StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse afterPause() {
        boolean isEnding = false;
        try {
            isEnding = endExpected.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return isEnding
                ? StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                : StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** From here on the job is closed: that threads end is no failure, and nothing is replaced or waited for. */
    void expectEnd() {
        endExpected.countDown();
    }

    /** How many threads have died so far. */
    long deaths() {
        return deaths.get();
    }

    private static boolean isHopeless(Throwable failure) {
        Throwable root = rootOf(failure);
        return isError(failure)
                || root instanceof RegistryException.Refused
                || Remedies.isDiskFull(root)
                || root instanceof TooManyDeadLettersException
                || root instanceof IncompatibleStateException;
    }

    /** Whether it is for want of space on the disk of the local state. */
    static boolean isDiskFull(Throwable failure) {
        return Remedies.isDiskFull(rootOf(failure));
    }

    /** Errors may have causes that are none, such as the class that was not found. */
    private static boolean isError(Throwable failure) {
        Throwable one = failure;
        for (int depth = 0; one != null && depth < MOST_CAUSES; depth++) {
            if (one instanceof Error) {
                return true;
            }
            one = one.getCause();
        }
        return false;
    }

    private synchronized boolean mayReplace() {
        long now = clock.millis();
        while (!replacedAtMs.isEmpty() && now - replacedAtMs.peekFirst() > WITHIN.toMillis()) {
            replacedAtMs.removeFirst();
        }
        if (replacedAtMs.size() >= MOST_REPLACED) {
            return false;
        }
        replacedAtMs.addLast(now);
        return true;
    }

    /** The innermost cause in one line: what wraps it says only where it went through. */
    static String describe(Throwable failure) {
        return Remedies.of(rootOf(failure));
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < MOST_CAUSES; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
