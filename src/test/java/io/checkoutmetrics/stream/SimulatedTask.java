package io.checkoutmetrics.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One of the job's processors on one partition, with its stores and its place in the input. It belongs to a thread,
 * which sends, commits and fails with all of its tasks.
 */
final class SimulatedTask<I, O> {
    private final SimulatedStage<I, O> stage;
    private final TaskId id;
    private final SimulatedPartition<byte[]> input;
    private final LongSupplier clock;
    private final Map<String, StateStore> stores = new TreeMap<>();
    private final List<RevertibleStore> revertibles = new ArrayList<>();
    private @Nullable BeforeCommit beforeCommit;
    private SimulatedThread thread;
    private Processor<byte[], I, byte[], O> processor;
    private SimulatedContext<byte[], O> context;
    private int nextOffset;
    private int committedOffset;

    SimulatedTask(
            SimulatedStage<I, O> stage,
            int partition,
            SimulatedPartition<byte[]> input,
            LongSupplier clock,
            SimulatedThread thread) {
        this.stage = stage;
        this.id = new TaskId(stage.number(), partition);
        this.input = input;
        this.clock = clock;
        this.thread = thread;
        for (StoreBuilder<?> store : stage.stores()) {
            if (store.build() instanceof BeforeCommit commits) {
                beforeCommit = commits;
                stores.put(store.name(), commits);
            } else {
                RevertibleStore revertible = new RevertibleStore(store.name());
                revertibles.add(revertible);
                stores.put(store.name(), revertible);
            }
        }
        processor = stage.processors().get();
        context = begin();
    }

    private SimulatedContext<byte[], O> begin() {
        SimulatedContext<byte[], O> fresh = new SimulatedContext<>(id, stores, clock, this::send);
        processor.init(fresh);
        return fresh;
    }

    private void send(byte[] key, O value, long timestampMs) {
        stage.sender()
                .send(
                        id.partition(),
                        new SimulatedPartition.Entry<>(key, value, timestampMs, thread.transactionToSendIn()));
    }

    int stage() {
        return stage.number();
    }

    int partition() {
        return id.partition();
    }

    int nextOffset() {
        return nextOffset;
    }

    SimulatedThread thread() {
        return thread;
    }

    /** Moves to another thread, between two commits of both. */
    void moveTo(SimulatedThread other) {
        thread = other;
    }

    /** Processes the next record of an internal topic, if there is one to be read. */
    boolean processNext() {
        int offset = input.readableFrom(nextOffset);
        if (offset == SimulatedPartition.NOTHING_YET) {
            return false;
        }
        SimulatedPartition.Entry<byte[]> entry = input.get(offset);
        nextOffset = offset + 1;
        process(
                new ConsumerRecord<>("simulated", id.partition(), offset, entry.key(), entry.value()),
                entry.timestampMs());
        return true;
    }

    /** Processes what a consumer made of hits; a commit after it lets the next go on at that offset. */
    void process(ConsumerRecord<byte[], byte[]> hits, int goesOnAt) {
        nextOffset = goesOnAt;
        process(hits, hits.timestamp());
    }

    private void process(ConsumerRecord<byte[], byte[]> record, long timestampMs) {
        context.received(new Metadata(id.partition(), record.offset()), timestampMs);
        processor.process(
                new Record<>(record.key(), stage.reader().apply(record.value()), timestampMs, record.headers()));
    }

    private record Metadata(int partition, long offset) implements RecordMetadata {
        @Override
        public String topic() {
            return "simulated";
        }
    }

    void punctuate() {
        context.punctuate();
    }

    /** The engine's first step of a commit, or of a crash: what is in caches is written to the stores. */
    void flush() {
        if (beforeCommit != null) {
            beforeCommit.flushCache();
        }
    }

    void commit() {
        committedOffset = nextOffset;
        revertibles.forEach(RevertibleStore::commit);
    }

    /** Forgets everything since the last commit and begins again there, in a new process or, as the engine may, not. */
    void restart(boolean newProcess) {
        nextOffset = committedOffset;
        revertibles.forEach(RevertibleStore::revert);
        processor.close();
        if (newProcess) {
            processor = stage.processors().get();
        }
        context = begin();
    }
}
