package io.checkoutmetrics.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C, SIGTERM and the terminal's going away, for a command that has something to close: it is asked to stop, closes
 * it, and ends as it would have ended by itself, with exit code 0. Being told again changes nothing. A shutdown hook
 * cannot do that: with one the JVM's exit code names the signal, or temporary files that go away at exit stay. What
 * does not manage to close within half a minute is cut off, with exit code 1.
 */
final class Interruption implements AutoCloseable {
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    /** Ends what is being done, up to where somebody knows how to close it. */
    static final class Requested extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Requested() {
            super("asked to stop", null, false, false);
        }
    }

    private record Replaced(Signal signal, SignalHandler handler) {}

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Replaced> replaced = new ArrayList<>();

    Interruption() {
        for (String name : SIGNALS) {
            try {
                Signal signal = new Signal(name);
                replaced.add(new Replaced(signal, Signal.handle(signal, received -> request())));
            } catch (IllegalArgumentException e) {
                // a JVM with -Xrs, or a system without it: then the signal ends the process
            }
        }
    }

    /** Runs in a thread that the JVM makes for each signal. */
    private void request() {
        requested.countDown();
        try {
            if (!closed.await(CLOSED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for it that long at most. */
    boolean isRequestedWithin(Duration most) throws InterruptedException {
        return requested.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws Requested when it is */
    void throwIfRequested() {
        if (isRequested()) {
            throw new Requested();
        }
    }

    /** From here on signals do what they did before; those that came count as seen to. */
    @Override
    public void close() {
        closed.countDown();
        if (!isRequested()) {
            replaced.forEach(one -> Signal.handle(one.signal(), one.handler()));
        }
    }
}
