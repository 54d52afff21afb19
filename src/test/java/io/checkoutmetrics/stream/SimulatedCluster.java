package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The job on a cluster without machines: its own processors, one task for each stage and input partition, dealt out to
 * threads that commit exactly once and may crash; between them topics that carry the real bytes. Nothing moves by
 * itself.
 */
final class SimulatedCluster {
    private final Settings settings;
    private final int size;
    private final List<SimulatedPartition<byte[]>> hits;
    private final List<SimulatedPartition<byte[]>> checkouts;
    private final List<SimulatedPartition<byte[]>> counts;
    private final List<SimulatedPartition<DeadLetter>> deadLetters;
    private final List<SimulatedPartition<Published>> published;
    private final SimulatedInput input;
    private final JobParts parts;
    private final Outcomes outcomes = new Outcomes();
    private final Set<Integer> ended = new TreeSet<>();
    private final List<SimulatedTask<?, ?>> tasks = new ArrayList<>();
    private final List<SimulatedThread> threads = new ArrayList<>();
    private long nowMs;
    private int slownessMs;
    private long workedMs;

    /**
     * @param size partitions of each topic
     * @param finite whether all hits are there before the first task runs
     */
    SimulatedCluster(Settings settings, WriterSchemas schemas, int size, boolean finite, long startMs) {
        this.settings = settings;
        this.size = size;
        this.nowMs = startMs;
        hits = partitions();
        checkouts = partitions();
        counts = partitions();
        deadLetters = partitions();
        published = partitions();
        HitIntake intake = new HitIntake(settings, schemas, () -> Instant.ofEpochMilli(nowMs));
        input = new SimulatedInput(hits, finite, this::nowMs, intake);
        parts = new JobParts(
                schemas,
                input,
                outcomes,
                DeadLetterShare.unlimited(),
                new Progress(),
                () -> (topic, value) -> new byte[0],
                ended::add,
                () -> {});
        SimulatedThread first = new SimulatedThread();
        addTasks(recognise(), hits, first);
        addTasks(countOnce(), checkouts, first);
        addTasks(roll(), counts, first);
        threads.add(first);
        tasks.forEach(first::add);
    }

    private <V> List<SimulatedPartition<V>> partitions() {
        return Stream.generate(SimulatedPartition<V>::new).limit(size).toList();
    }

    private <I, O> void addTasks(
            SimulatedStage<I, O> stage, List<SimulatedPartition<byte[]>> topic, SimulatedThread thread) {
        IntStream.range(0, size)
                .forEach(p -> tasks.add(new SimulatedTask<>(
                        stage, p, topic.get(p), stage.number() == 2 ? this::nowAtWorkMs : this::nowMs, thread)));
    }

    private SimulatedStage<byte[], Recognised> recognise() {
        SimulatedStage.Sender<ToCount> toCount = toPartitionsOf(checkouts, InternalSerdes.toCount());
        return new SimulatedStage<>(
                0, Stores.ofRecognise(), bytes -> bytes, () -> new Recognise(settings, size, parts), (own, sent) -> {
                    if (sent.value() instanceof DeadLetter letter) {
                        deadLetters.get(own).append(sent.with(letter));
                    } else if (sent.value() instanceof ToCount value) {
                        toCount.send(own, sent.with(value));
                    }
                });
    }

    private SimulatedStage<ToCount, ToRoll> countOnce() {
        return new SimulatedStage<>(
                1,
                Stores.ofCountOnce(),
                bytes -> InternalSerdes.toCount().deserializer().deserialize("checkouts", bytes),
                () -> new CountOnce(settings, size, parts),
                toPartitionsOf(counts, InternalSerdes.toRoll()));
    }

    private SimulatedStage<ToRoll, Published> roll() {
        return new SimulatedStage<>(
                2,
                Stores.ofRoll(settings.alerts().on()),
                bytes -> InternalSerdes.toRoll().deserializer().deserialize("counts", bytes),
                () -> new Roll(settings, size, parts),
                (own, sent) -> {
                    published.get(own).append(sent);
                });
    }

    private static <V> SimulatedStage.Sender<V> toPartitionsOf(List<SimulatedPartition<byte[]>> topic, Serde<V> serde) {
        StreamPartitioner<byte[], V> partitioner = new Addresses<>();
        return (own, sent) -> {
            byte[] bytes = serde.serializer().serialize("internal", sent.value());
            partitioner
                    .partitions("internal", sent.key(), sent.value(), topic.size())
                    .orElseThrow()
                    .forEach(partition -> topic.get(partition).append(sent.with(bytes)));
        };
    }

    long nowMs() {
        return nowMs;
    }

    void clockIs(long timeMs) {
        nowMs = timeMs;
        workedMs = 0;
    }

    /** From now on, by so much the clock goes on each time the last stage looks at it. */
    void isSlowBy(int slowMs) {
        slownessMs = slowMs;
    }

    private long nowAtWorkMs() {
        workedMs += slownessMs;
        return nowMs + workedMs;
    }

    /** Somebody brings in a hit. */
    void receive(int partition, byte[] value, long receivedMs) {
        hits.get(partition)
                .append(new SimulatedPartition.Entry<>(new byte[0], value, receivedMs, SimulatedTransaction.none()));
    }

    /** Deals the tasks out to so many threads anew; all that run commit first, and every task begins again. */
    void rebalance(Random random, int threadCount) {
        threads.stream().filter(thread -> !thread.isDown()).forEach(SimulatedThread::commit);
        threads.clear();
        IntStream.range(0, threadCount).forEach(i -> threads.add(new SimulatedThread()));
        for (SimulatedTask<?, ?> task : tasks) {
            SimulatedThread thread = threads.get(random.nextInt(threadCount));
            thread.add(task);
            task.moveTo(thread);
        }
        threads.forEach(thread -> restarted(thread, () -> thread.crash(true)));
    }

    void crash(SimulatedThread thread, boolean newProcess) {
        restarted(thread, () -> thread.crash(newProcess));
    }

    /** Threads that were down long enough come back. */
    void comeUp() {
        threads.forEach(thread -> {
            if (thread.comesUp(nowMs)) {
                thread.tasks().forEach(input::released);
            }
        });
    }

    private void restarted(SimulatedThread thread, Runnable restart) {
        restart.run();
        thread.tasks().forEach(input::released);
    }

    /** Fetches and processes some records of a task; returns how many it was. */
    int process(SimulatedTask<?, ?> task, int fetched, int processed) {
        int count = 0;
        if (task.stage() == 0) {
            input.fetch(task, fetched);
            while (count < processed && input.hasFetched(task)) {
                ConsumerRecord<byte[], byte[]> next = input.take(task);
                task.process(next, input.goesOnAt(task));
                count++;
            }
        } else {
            while (count < processed && task.processNext()) {
                count++;
            }
        }
        return count;
    }

    SimulatedInput input() {
        return input;
    }

    List<SimulatedTask<?, ?>> tasks() {
        return tasks;
    }

    List<SimulatedThread> threads() {
        return threads;
    }

    Outcomes outcomes() {
        return outcomes;
    }

    /** Whether every partition of the last stage has gone through a finite input. */
    boolean isEnded() {
        return ended.size() == size;
    }

    List<SimulatedPartition<byte[]>> counts() {
        return counts;
    }

    List<SimulatedPartition<DeadLetter>> deadLetters() {
        return deadLetters;
    }

    List<SimulatedPartition<Published>> published() {
        return published;
    }
}
