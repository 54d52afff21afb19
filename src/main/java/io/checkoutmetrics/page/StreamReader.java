package io.checkoutmetrics.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One who reads the live stream, and the thread that writes to it. */
final class StreamReader {
    private static final long NOT_WRITING = 0;
    private static final String TRY_AGAIN = "retry: 2000\n\n";

    private final HttpExchange exchange;
    private final Frames frames;
    private final Consumer<StreamReader> atEnd;
    private final Semaphore beats = new Semaphore(0);
    private final Thread thread;
    private volatile long writingSinceNanos = NOT_WRITING;
    private volatile boolean dropped;

    /** @param atEnd told when it is over, for whatever reason */
    StreamReader(HttpExchange exchange, Frames frames, Consumer<StreamReader> atEnd) {
        this.exchange = exchange;
        this.frames = frames;
        this.atEnd = atEnd;
        thread = new Thread(this::write, "page-stream");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void write() {
        try {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            send(out, TRY_AGAIN);
            long seen = Frames.NONE;
            long aliveAtNanos = System.nanoTime();
            while (!dropped) {
                if (frames.hasNews(seen) || System.nanoTime() - aliveAtNanos >= LiveStream.ALIVE.toNanos()) {
                    long beat = frames.lastBeat();
                    send(out, frames.event(seen));
                    seen = beat;
                    aliveAtNanos = System.nanoTime();
                }
                if (beats.tryAcquire(LiveStream.ALIVE.toMillis(), TimeUnit.MILLISECONDS)) {
                    beats.drainPermits();
                }
            }
        } catch (IOException e) {
            // the reader has gone, or was dropped
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atEnd.accept(this);
            exchange.close();
        }
    }

    private void send(OutputStream out, String text) throws IOException {
        writingSinceNanos = Math.max(1, System.nanoTime());
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        writingSinceNanos = NOT_WRITING;
    }

    /** There may be news. */
    void wake() {
        beats.release();
    }

    void dropIfSlowerThan(Duration most) {
        long since = writingSinceNanos;
        if (since != NOT_WRITING && System.nanoTime() - since > most.toNanos()) {
            drop();
        }
    }

    /** Ends it: a write that hangs is ended by the interrupt, which closes the connection. */
    void drop() {
        dropped = true;
        thread.interrupt();
    }
}
