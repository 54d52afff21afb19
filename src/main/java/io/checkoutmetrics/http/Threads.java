package io.checkoutmetrics.http;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of daemon threads that go away when there is nothing to do. */
final class Threads {
    private static final long IDLE_SECONDS = 30;

    private Threads() {}

    static ThreadPoolExecutor pool(String name, int threads, BlockingQueue<Runnable> queue) {
        AtomicInteger made = new AtomicInteger();
        int core = queue.remainingCapacity() == 0 ? 0 : threads; // without a queue, as many as are needed
        ThreadPoolExecutor pool = new ThreadPoolExecutor(core, threads, IDLE_SECONDS, TimeUnit.SECONDS, queue, task -> {
            Thread thread = new Thread(task, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(core > 0);
        return pool;
    }

    static void awaitEnd(ThreadPoolExecutor pool, long atMostMs) {
        try {
            pool.awaitTermination(atMostMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
