package io.checkoutmetrics.operate;

import io.checkoutmetrics.registry.RegistryException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another serializer, with patience: while the schema registry cannot be reached the record waits, instead of failing
 * the
 * thread that writes it. That is so where our own client says so, or where an {@link IOException} is at the bottom of
 * it,
 * as in Confluent's serializers.
 */
final class PatientSerializer implements Serializer<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(PatientSerializer.class);
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 2_000;

    private final Serializer<Object> serializer;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param serializer configured; closed with this */
    PatientSerializer(Serializer<Object> serializer) {
        this.serializer = serializer;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        // it is configured already
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated: null, a tombstone, goes in and out.
    public byte[] serialize(String topic, @Nullable Object value) {
        for (long pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
            try {
                byte[] bytes = serializer.serialize(topic, value);
                waiting.set(false);
                return bytes;
            } catch (SerializationException e) {
                if (!isForNow(e)) {
                    throw e;
                }
                if (!waiting.getAndSet(true)) {
                    LOG.warn("waiting for the schema registry: {}", FailurePolicy.describe(e));
                }
            }
            pause(pauseMs);
        }
    }

    private static boolean isForNow(SerializationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException.Unavailable || cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private void pause(long ms) {
        try {
            if (!stopped.await(ms, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the job stops while it waits for the schema registry");
    }

    /** Whether records wait for a registry that cannot be reached. */
    boolean isWaiting() {
        return waiting.get();
    }

    /** Ends every wait with an exception, so that the threads that wait can stop. */
    void stopWaiting() {
        stopped.countDown();
    }

    @Override
    public void close() {
        stopWaiting();
        serializer.close();
    }
}
