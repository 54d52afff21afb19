package io.checkoutmetrics.page;

import io.checkoutmetrics.http.Request;
import io.checkoutmetrics.http.StreamRoute;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changes, as server-sent events. A reader first gets a {@code snapshot} of everything, then an {@code update} with
 * what changed since the event before, a few times a second at most, and at least one every {@link #ALIVE}: who hears
 * nothing for much longer has lost the connection. After a connection was lost the next one begins with a snapshot again.
 * A slow reader gets fewer events, each with more in it.
 */
final class LiveStream implements StreamRoute, AutoCloseable {
    static final String CONTENT_TYPE = "text/event-stream; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final Duration ALIVE = Duration.ofSeconds(2);
    private static final Duration BEAT = Duration.ofMillis(400);
    private static final String TRY_AGAIN = "retry: 2000\n\n";

    private final Frames frames;
    private final Set<Semaphore> readers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "page-beat");
        thread.setDaemon(true);
        return thread;
    });

    LiveStream(Frames frames) {
        this.frames = frames;
        beats.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            if (!readers.isEmpty()) {
                frames.beat();
                readers.forEach(Semaphore::release);
            }
        } catch (RuntimeException e) {
            LOG.error("the live stream missed a beat", e);
        }
    }

    @Override
    public void stream(Request request, OutputStream body) throws IOException, InterruptedException {
        Semaphore news = new Semaphore(0);
        readers.add(news);
        try {
            frames.beat();
            send(body, TRY_AGAIN.getBytes(StandardCharsets.UTF_8));
            tell(body, news);
        } finally {
            readers.remove(news);
        }
    }

    private void tell(OutputStream body, Semaphore news) throws IOException, InterruptedException {
        long seen = Frames.NONE;
        long toldAtNanos = 0;
        while (!beats.isShutdown()) {
            if (frames.hasNews(seen) || System.nanoTime() - toldAtNanos >= ALIVE.toNanos()) {
                Frames.Event event = frames.event(seen);
                send(body, event.bytes());
                seen = event.beat();
                toldAtNanos = System.nanoTime();
            }
            if (news.tryAcquire(ALIVE.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        }
    }

    private static void send(OutputStream body, byte[] event) throws IOException {
        body.write(event);
        body.flush();
    }

    @Override
    public void close() {
        beats.shutdownNow();
        readers.forEach(Semaphore::release);
    }
}
