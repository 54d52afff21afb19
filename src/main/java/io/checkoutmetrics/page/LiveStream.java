package io.checkoutmetrics.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changes, as server-sent events. A reader first gets a {@code snapshot} of everything, then an {@code update} with
 * what changed since the event before, a few times a second at most, and at least one every {@link #ALIVE}: who hears
 * nothing for longer has lost the connection. After a connection was lost the next begins with a snapshot, so nothing is
 * ever made up for. A slow reader gets fewer events, each with more in it; one that takes nothing for {@link
 * #SLOWEST_WRITE} is dropped. Each reader has a thread of its own, and none of the server's.
 */
final class LiveStream implements HttpHandler, AutoCloseable {
    static final Duration ALIVE = Duration.ofSeconds(2);
    static final Duration SLOWEST_WRITE = Duration.ofSeconds(10);
    static final int MOST_READERS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final Duration BEAT = Duration.ofMillis(400);

    private final Frames frames;
    private final int mostReaders;
    private final Duration slowestWrite;
    private final Set<StreamReader> readers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "page-beat");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    LiveStream(Frames frames, int mostReaders, Duration slowestWrite) {
        this.frames = frames;
        this.mostReaders = mostReaders;
        this.slowestWrite = slowestWrite;
        beats.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            if (!readers.isEmpty()) {
                frames.beat();
                readers.forEach(StreamReader::wake);
                readers.forEach(reader -> reader.dropIfSlowerThan(slowestWrite));
            }
        } catch (RuntimeException e) {
            LOG.error("the live stream missed a beat", e);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        StreamReader reader = new StreamReader(exchange, frames, readers::remove);
        if (!enter(reader)) {
            exchange.getResponseHeaders().set("Retry-After", "10");
            Answer.problem(503, "Too many are looking at the live stream. Try again later.").sendTo(exchange);
            return;
        }
        try {
            frames.beat();
            reader.start();
        } catch (RuntimeException | Error e) {
            readers.remove(reader);
            throw e;
        }
    }

    private synchronized boolean enter(StreamReader reader) {
        return !closed && readers.size() < mostReaders && readers.add(reader);
    }

    /** How many are connected. */
    int readers() {
        return readers.size();
    }

    @Override
    public void close() {
        closed = true;
        beats.shutdownNow();
        List<StreamReader> all = new ArrayList<>(readers);
        all.forEach(StreamReader::drop);
    }
}
