package io.checkoutmetrics.stream;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the engine is to one processor from one {@code init} to the next. The test kit's own context does the same, but
 * makes metrics and configuration anew each time, which takes longer than all the rest of a simulated run.
 */
final class SimulatedContext<K, V> implements ProcessorContext<K, V> {
    private static final class Punctuation {
        private final long intervalMs;
        private final Punctuator punctuator;
        private long nextMs;

        private Punctuation(long intervalMs, Punctuator punctuator, long nextMs) {
            this.intervalMs = intervalMs;
            this.punctuator = punctuator;
            this.nextMs = nextMs;
        }
    }

    /** Takes what the processor forwards. */
    interface Output<K, V> {
        void send(K key, V value, long timestampMs);
    }

    private final TaskId taskId;
    private final Map<String, StateStore> stores;
    private final LongSupplier clock;
    private final Output<K, V> output;
    private final List<Punctuation> punctuations = new ArrayList<>();
    private @Nullable RecordMetadata metadata;
    private long streamTimeMs = -1;

    SimulatedContext(TaskId taskId, Map<String, StateStore> stores, LongSupplier clock, Output<K, V> output) {
        this.taskId = taskId;
        this.stores = stores;
        this.clock = clock;
        this.output = output;
    }

    /** Such a record is the next one to be processed. */
    void received(RecordMetadata of, long timestampMs) {
        metadata = of;
        streamTimeMs = Math.max(streamTimeMs, timestampMs);
    }

    /** Runs what is due by the clock, once however long it has been due. */
    void punctuate() {
        metadata = null;
        long nowMs = clock.getAsLong();
        for (Punctuation punctuation : punctuations) {
            if (nowMs >= punctuation.nextMs) {
                punctuation.nextMs = nowMs + punctuation.intervalMs;
                punctuation.punctuator.punctuate(nowMs);
            }
        }
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record) {
        output.send(record.key(), record.value(), record.timestamp());
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
        if (type != PunctuationType.WALL_CLOCK_TIME) {
            throw new UnsupportedOperationException("only the clock punctuates");
        }
        Punctuation punctuation =
                new Punctuation(interval.toMillis(), punctuator, clock.getAsLong() + interval.toMillis());
        punctuations.add(punctuation);
        return () -> punctuations.remove(punctuation);
    }

    @Override
    @SuppressWarnings("unchecked") // the caller knows what it keeps under the name
    public <S extends StateStore> S getStateStore(String name) {
        return (S) Objects.requireNonNull(stores.get(name), name);
    }

    @Override
    public TaskId taskId() {
        return taskId;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.ofNullable(metadata);
    }

    @Override
    public long currentSystemTimeMs() {
        return clock.getAsLong();
    }

    @Override
    public long currentStreamTimeMs() {
        return streamTimeMs;
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record, String childName) {
        throw unused();
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator punctuator) {
        throw unused();
    }

    @Override
    public String applicationId() {
        throw unused();
    }

    @Override
    public Serde<?> keySerde() {
        throw unused();
    }

    @Override
    public Serde<?> valueSerde() {
        throw unused();
    }

    @Override
    public File stateDir() {
        throw unused();
    }

    @Override
    public StreamsMetrics metrics() {
        throw unused();
    }

    /** Commits come when the schedule says so: sooner or later than they are asked for. */
    @Override
    public void commit() {}

    @Override
    public Map<String, Object> appConfigs() {
        throw unused();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the job did not use it when this was written");
    }
}
