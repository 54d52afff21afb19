package io.checkoutmetrics.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM, for a command that has something to close. The JVM waits until the command has closed it, at most
 * half a minute, and then ends with exit code 0: being told to stop is no failure.
 */
final class Interruption implements AutoCloseable {
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::request, "interruption");

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void request() {
        requested.countDown();
        try {
            if (closed.await(CLOSED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until it is requested, or the time is over. */
    boolean await(Duration most) throws InterruptedException {
        return requested.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down already: that is what the hook waits for
        }
    }
}
