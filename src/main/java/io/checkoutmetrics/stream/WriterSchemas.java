package io.checkoutmetrics.stream;

import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.registry.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas that hits were written with, asked of the registry with the patience each answer deserves: while no
 * registry can be reached nothing is decided and the caller waits; an ID that the registry does not know gets
 * {@link #PATIENCE} to appear, counted from when any thread first met it; a registry that refuses us is an error of
 * configuration and ends the wait with an exception. One instance is shared by all stream threads.
 */
public final class WriterSchemas implements AutoCloseable {
    /** How long an unknown ID may take to become known: registrations and replicas of registries lag. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(WriterSchemas.class);
    private static final int MOST_UNKNOWN = 10_000;
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 2_000;

    private final RegistryClient registry;
    private final Clock clock;
    private final Duration patience;
    private final Map<Integer, Long> unknownSinceMs = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean waiting;

    public WriterSchemas(RegistryClient registry) {
        this(registry, Clock.systemUTC(), PATIENCE);
    }

    WriterSchemas(RegistryClient registry, Clock clock, Duration patience) {
        this.registry = registry;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * The schema's JSON; empty when the registry does not know the ID, or cannot give a schema for it, after all
     * patience.
     *
     * @throws RegistryException.Refused when the registry refuses us
     * @throws IllegalStateException when the job stops meanwhile
     */
    Optional<String> schema(int id) {
        for (long pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
            try {
                String schema = registry.schemaById(id);
                unknownSinceMs.remove(id);
                waiting = false;
                return Optional.of(schema);
            } catch (RegistryException.UnusableSchema e) {
                waiting = false;
                LOG.warn("schema {} cannot be used: {}", id, e.getMessage());
                return Optional.empty();
            } catch (RegistryException.UnknownSchema e) {
                waiting = false;
                if (isUnknownForGood(id)) {
                    return Optional.empty();
                }
            } catch (RegistryException.Unavailable e) {
                if (!waiting) {
                    LOG.warn("waiting for the schema registry: {}", e.getMessage());
                }
                waiting = true;
            }
            pause(pauseMs);
        }
    }

    /** The schema's JSON if it is remembered; asks nobody. */
    @Nullable
    String known(int id) {
        return registry.cachedSchemaById(id);
    }

    private boolean isUnknownForGood(int id) {
        long now = clock.millis();
        if (unknownSinceMs.size() >= MOST_UNKNOWN) {
            unknownSinceMs.keySet().removeIf(known -> known != id);
        }
        long since = unknownSinceMs.computeIfAbsent(id, first -> now);
        return now - since >= patience.toMillis();
    }

    private void pause(long ms) {
        synchronized (closing) {
            if (!closing.get()) {
                try {
                    closing.wait(ms);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    closing.set(true);
                }
            }
        }
        if (closing.get()) {
            throw new IllegalStateException("the job stops while it waits for a schema");
        }
    }

    /** Whether hits wait for a registry that cannot be reached. */
    public boolean isWaiting() {
        return waiting;
    }

    /** Ends every wait with an exception, so that the threads that wait can stop. */
    public void stopWaiting() {
        synchronized (closing) {
            closing.set(true);
            closing.notifyAll();
        }
    }

    /** Ends every wait and closes the registry's client. */
    @Override
    public void close() {
        stopWaiting();
        registry.close();
    }
}
