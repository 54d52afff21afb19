package io.checkoutmetrics.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread for each client of a stream, up to so many. A client that does not take what is written is cut off. */
final class StreamThreads implements AutoCloseable {
    private final Duration write;
    private final ThreadPoolExecutor threads;
    private final Deadlines deadlines = new Deadlines(() -> false);

    StreamThreads(Limits limits) {
        this.write = limits.write();
        this.threads = Threads.pool("http-stream", limits.streams(), new SynchronousQueue<>());
    }

    interface Stream {
        /** @param writes to be told of every write to the client */
        void run(Writes writes);
    }

    /** @return whether there is room */
    boolean tryStart(Stream stream) {
        try {
            threads.execute(() -> {
                try (Deadlines.Deadline deadline = deadlines.ofThisThread()) {
                    stream.run(new Writes(deadline, write));
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Puts a deadline to every write of a thread's. */
    record Writes(Deadlines.Deadline deadline, Duration within) {
        OutputStream to(OutputStream client) {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    deadline.set(within, true);
                    try {
                        client.write(bytes, from, length);
                    } finally {
                        deadline.clear();
                    }
                }

                @Override
                public void flush() throws IOException {
                    deadline.set(within, true);
                    try {
                        client.flush();
                    } finally {
                        deadline.clear();
                    }
                }
            };
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        deadlines.close();
        Threads.awaitEnd(threads, TimeUnit.SECONDS.toMillis(1));
    }
}
