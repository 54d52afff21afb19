package io.checkoutmetrics.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for schemas in a thread of its own, over and over, until each is decided on. Thread-safe. */
final class SchemaAsker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaAsker.class);

    /** More are taken when there is room again: who wants them says so until they are decided on. */
    private static final int MOST_WANTED = 10_000;

    private final IntFunction<WriterSchemas.Answer> ask;
    private final Set<Integer> wanted = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isAsking = new AtomicBoolean();
    private final Pauses pauses = new Pauses();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread asking = new Thread(task, "writer-schemas");
        asking.setDaemon(true);
        return asking;
    });

    SchemaAsker(IntFunction<WriterSchemas.Answer> ask) {
        this.ask = ask;
    }

    void wants(int id) {
        if (wanted.size() < MOST_WANTED) {
            wanted.add(id);
        }
        if (isAsking.compareAndSet(false, true)) {
            soon(0);
        }
    }

    private void soon(long ms) {
        try {
            thread.schedule(this::askAll, ms, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("no schemas are asked for any more", e); // closed
        }
    }

    private void askAll() {
        for (int id : wanted) {
            WriterSchemas.Answer answer = askSafely(id);
            if (answer == WriterSchemas.Answer.NOBODY_THERE) {
                break;
            } else if (answer != WriterSchemas.Answer.NOT_YET) {
                wanted.remove(id);
                pauses.beginAnew();
            }
        }
        if (wanted.isEmpty()) {
            isAsking.set(false);
            if (wanted.isEmpty() || !isAsking.compareAndSet(false, true)) {
                return;
            }
        }
        soon(pauses.nextMs());
    }

    /** What is wrong comes to light where the hit is read: there the registry is asked once more. */
    private WriterSchemas.Answer askSafely(int id) {
        try {
            return ask.apply(id);
        } catch (RuntimeException e) {
            LOG.debug("schema {} cannot be asked for", id, e);
            return WriterSchemas.Answer.NONE;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
