package io.checkoutmetrics.stream;

import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.registry.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas that hits were written with, asked of the registry with the patience each answer deserves: while no
 * registry can be reached nothing is decided; an ID that the registry does not know gets {@link #PATIENCE} to appear,
 * counted from when any thread first met it; a registry that refuses us is an error of configuration. One instance is
 * shared by all stream threads.
 *
 * <p>Where IDs that nobody knows keep coming, what holds them is not hits: so for a while after one was given up, others
 * get {@link #LITTLE_PATIENCE} only, and after {@link #FEW} none, for each would stop its partition for as long. One that was
 * given up is asked for again from time to time.
 */
public final class WriterSchemas implements AutoCloseable {
    /** How long an unknown ID may take to become known: registrations and replicas of registries lag. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final Duration LITTLE_PATIENCE = Duration.ofSeconds(5);

    /** So many IDs may be given up before none gets any patience. */
    static final int FEW = 10;

    /** After an ID was given up. */
    private static final Duration IMPATIENT_FOR = Duration.ofMinutes(10);

    /** An ID that was given up may have become known since. */
    static final Duration GIVEN_UP_FOR = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(WriterSchemas.class);
    private static final int MOST_UNKNOWN = 10_000;

    private final RegistryClient registry;
    private final Clock clock;
    private final Duration patience;
    private final Map<Integer, Long> unknownSinceMs = new ConcurrentHashMap<>();
    private final Map<Integer, Long> givenUpUntilMs = new ConcurrentHashMap<>();
    private final SchemaAsker asker = new SchemaAsker(this::ask);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicInteger lately = new AtomicInteger();
    private volatile long impatientUntilMs;
    private volatile boolean waiting;
    private volatile boolean failed;

    /** What came of asking once. */
    enum Answer {
        FOUND,
        NONE,
        NOT_YET,
        NOBODY_THERE
    }

    public WriterSchemas(RegistryClient registry) {
        this(registry, Clock.systemUTC(), PATIENCE);
    }

    WriterSchemas(RegistryClient registry, Clock clock, Duration patience) {
        this.registry = registry;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Whether {@link #schema} would answer without waiting. If not, the registry is asked in the background, and will go on
     * being asked until it would.
     */
    boolean isDecided(int id) {
        if (failed || registry.cachedSchemaById(id) != null) {
            return true;
        }
        Long until = givenUpUntilMs.get(id);
        if (until == null) {
            asker.wants(id);
            return false;
        }
        if (clock.millis() >= until) {
            giveUp(id);
            asker.wants(id);
        }
        return true;
    }

    /**
     * The schema's JSON; empty when the registry does not know the ID, or cannot give a schema for it, after all
     * patience.
     *
     * @throws RegistryException.Refused when the registry refuses us
     * @throws IllegalStateException when the job stops meanwhile
     */
    Optional<String> schema(int id) {
        Long until = givenUpUntilMs.get(id);
        if (until != null && clock.millis() < until) {
            return Optional.empty();
        }
        Pauses pauses = new Pauses();
        for (Answer answer = ask(id); ; answer = ask(id)) {
            String schema = registry.cachedSchemaById(id);
            if (schema != null) {
                return Optional.of(schema);
            } else if (answer == Answer.NONE) {
                return Optional.empty();
            }
            pause(pauses.nextMs());
        }
    }

    /** The schema's JSON if it is remembered; asks nobody. */
    @Nullable
    String known(int id) {
        return registry.cachedSchemaById(id);
    }

    /** Whether the registry has said that it does not know the ID, and that may change yet. */
    boolean isAwaited(int id) {
        return unknownSinceMs.containsKey(id) && !givenUpUntilMs.containsKey(id);
    }

    private Answer ask(int id) {
        try {
            registry.schemaById(id);
            decided(id);
            return Answer.FOUND;
        } catch (RegistryException.UnusableSchema e) {
            if (givenUpUntilMs.get(id) == null) {
                LOG.warn("schema {} cannot be used: {}", id, e.getMessage());
            }
            decided(id);
            giveUp(id);
            return Answer.NONE;
        } catch (RegistryException.UnknownSchema e) {
            waiting = false;
            return isUnknownForGood(id) ? Answer.NONE : Answer.NOT_YET;
        } catch (RegistryException.Unavailable e) {
            if (!waiting) {
                LOG.warn("waiting for the schema registry: {}", e.getMessage());
            }
            waiting = true;
            return Answer.NOBODY_THERE;
        } catch (RuntimeException e) {
            failed = true; // refused, most likely: whoever has the hit asks again, finds out why, and stops
            throw e;
        }
    }

    private void decided(int id) {
        unknownSinceMs.remove(id);
        givenUpUntilMs.remove(id);
        waiting = false;
        failed = false;
    }

    private boolean isUnknownForGood(int id) {
        long now = clock.millis();
        if (unknownSinceMs.size() >= MOST_UNKNOWN) {
            unknownSinceMs.keySet().removeIf(known -> known != id);
        }
        boolean isImpatient = now < impatientUntilMs;
        long since = unknownSinceMs.computeIfAbsent(id, first -> {
            if (!isImpatient) {
                LOG.warn("the registry does not know schema {}: its hits wait up to {} s", id, patience.toSeconds());
            }
            return now;
        });
        if (now - since < patienceMs(isImpatient)) {
            return false;
        }
        if (!isImpatient) {
            LOG.warn("the registry still does not know schema {}: its hits become dead letters", id);
            impatientUntilMs = now + IMPATIENT_FOR.toMillis();
            lately.set(0);
        }
        lately.incrementAndGet();
        giveUp(id);
        return true;
    }

    private long patienceMs(boolean isImpatient) {
        if (!isImpatient) {
            return patience.toMillis();
        }
        return lately.get() < FEW ? LITTLE_PATIENCE.toMillis() : 0;
    }

    private void giveUp(int id) {
        if (givenUpUntilMs.size() >= MOST_UNKNOWN) {
            givenUpUntilMs.clear();
        }
        givenUpUntilMs.put(id, clock.millis() + GIVEN_UP_FOR.toMillis());
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
        asker.close();
        registry.close();
    }
}
