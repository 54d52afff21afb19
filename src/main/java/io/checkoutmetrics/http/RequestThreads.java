package io.checkoutmetrics.http;

import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read requests and answer them: few, with a short queue in front. Whom the queue has no room for is
 * hung up on. A client has little time for its request, and less when others wait.
 */
final class RequestThreads implements Executor, AutoCloseable {
    private static final int THREADS = 8;
    private static final int QUEUE = 64;

    private final Limits limits;
    private final ThreadPoolExecutor threads = Threads.pool("http", THREADS, new ArrayBlockingQueue<>(QUEUE));
    private final Deadlines deadlines;
    private final ThreadLocal<Deadlines.Deadline> deadline = new ThreadLocal<>();

    RequestThreads(Limits limits) {
        this.limits = limits;
        this.deadlines = new Deadlines(() -> !threads.getQueue().isEmpty());
    }

    /** @param exchange reads a request and answers it */
    @Override
    public void execute(Runnable exchange) {
        threads.execute(() -> {
            try (Deadlines.Deadline mine = deadlines.ofThisThread()) {
                deadline.set(mine);
                mine.set(limits.request(), false);
                exchange.run();
            } finally {
                deadline.remove();
            }
        });
    }

    /** To be called by a thread of these when it has read its request. */
    void requestIsRead() {
        Objects.requireNonNull(deadline.get()).set(limits.answer(), true);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        deadlines.close();
        Threads.awaitEnd(threads, TimeUnit.SECONDS.toMillis(1));
    }
}
