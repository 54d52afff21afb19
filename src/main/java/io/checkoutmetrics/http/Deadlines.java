package io.checkoutmetrics.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Interrupts threads that take too long over a client. Reading from and writing to a socket blocks, and ends with the
 * socket closed when its thread is interrupted.
 */
final class Deadlines implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 50;

    /** How long a client may take over its request while others wait for a thread. */
    private static final long IN_A_CROWD_NANOS = Duration.ofMillis(100).toNanos();

    private final BooleanSupplier isCrowded;
    private final Set<Deadline> all = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "http-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    /** @param isCrowded whether requests wait for a thread */
    Deadlines(BooleanSupplier isCrowded) {
        this.isCrowded = isCrowded;
        watchdog.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        boolean crowded = isCrowded.getAsBoolean();
        long now = System.nanoTime();
        all.forEach(deadline -> deadline.look(now, crowded));
    }

    /** A deadline of the calling thread's, which has to close it. */
    Deadline ofThisThread() {
        Deadline deadline = new Deadline();
        all.add(deadline);
        return deadline;
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }

    /** How long a thread may take from now on; anew whenever it is set. */
    final class Deadline implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private boolean isSet;
        private boolean isPatient;
        private long sinceNanos;
        private long withinNanos;

        /** @param isPatient whether it holds as well while others wait for a thread */
        synchronized void set(Duration within, boolean isPatient) {
            this.isSet = true;
            this.isPatient = isPatient;
            this.sinceNanos = System.nanoTime();
            this.withinNanos = within.toNanos();
        }

        synchronized void clear() {
            isSet = false;
        }

        private synchronized void look(long nowNanos, boolean crowded) {
            long within = crowded && !isPatient ? Math.min(IN_A_CROWD_NANOS, withinNanos) : withinNanos;
            if (isSet && nowNanos - sinceNanos > within) {
                isSet = false;
                thread.interrupt();
            }
        }

        /** From here on the thread is not interrupted; that it has been is forgotten. */
        @Override
        public void close() {
            all.remove(this);
            clear();
            Thread.interrupted();
        }
    }
}
