package io.checkoutmetrics.stream;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * What is known of the simulated hits topic beyond its records, as the job's own inputs would know it: by the
 * consumers' positions and by asking for the ends now and then.
 */
final class SimulatedInput implements InputHorizon {
    private static final int NOT_HELD = -1;
    private static final int NONE_RETURNED = -1;

    private final List<SimulatedPartition<byte[]>> partitions;
    private final boolean finite;
    private final LongSupplier clock;
    private final InputPositions positions = new InputPositions();
    private final int[] fetchedTo;
    private final int[] lastReturned;
    private final List<InputEnds> ends;

    /** @param finite whether all hits are there before the job begins; the clock then moves nothing */
    SimulatedInput(List<SimulatedPartition<byte[]>> partitions, boolean finite, LongSupplier clock) {
        this.partitions = partitions;
        this.finite = finite;
        this.clock = clock;
        fetchedTo = filled(partitions.size(), NOT_HELD);
        lastReturned = filled(partitions.size(), NONE_RETURNED);
        ends = Stream.generate(InputEnds::new).limit(partitions.size()).toList();
    }

    private static int[] filled(int size, int value) {
        int[] filled = new int[size];
        Arrays.fill(filled, value);
        return filled;
    }

    /** The consumer of the partition fetches at most so many hits more; a new one begins where its task goes on. */
    void fetch(SimulatedTask<?, ?> task, int most) {
        int partition = task.partition();
        int from = fetchedTo[partition] == NOT_HELD ? task.nextOffset() : fetchedTo[partition];
        int to = Math.min(partitions.get(partition).end(), from + most);
        if (to > from) {
            lastReturned[partition] = to - 1;
        }
        fetchedTo[partition] = to;
        positions.moved(topicPartition(partition), new InputPositions.Position(this, to, lastReturned[partition]));
    }

    /** Offset after the last hit fetched: further the task cannot read. */
    int fetchedTo(int partition) {
        return fetchedTo[partition];
    }

    /** The consumer is gone, and whoever comes begins at the last commit. */
    void released(SimulatedTask<?, ?> task) {
        if (task.stage() > 0) {
            return;
        }
        fetchedTo[task.partition()] = NOT_HELD;
        lastReturned[task.partition()] = NONE_RETURNED;
        positions.released(topicPartition(task.partition()), this);
    }

    /** Asks the broker how far the partitions go. */
    void ask() {
        for (int partition = 0; partition < ends.size(); partition++) {
            ends.get(partition).named(partitions.get(partition).end(), clock.getAsLong());
        }
    }

    @Override
    public OptionalLong quietUntil(int partition, long nextOffset) {
        return finite ? OptionalLong.empty() : look(partition, nextOffset).quietUntilMs();
    }

    @Override
    public OptionalLong waitingForMs(int partition, long nextOffset) {
        return finite
                ? OptionalLong.of(isEnded(partition, nextOffset) ? 0 : Long.MAX_VALUE)
                : look(partition, nextOffset).waitingForMs(clock.getAsLong());
    }

    private InputEnds look(int partition, long nextOffset) {
        InputEnds asked = ends.get(partition);
        asked.look(end -> positions.isTakenTo(topicPartition(partition), end, nextOffset));
        return asked;
    }

    @Override
    public boolean isEnded(int partition, long nextOffset) {
        return finite
                && positions.isTakenTo(
                        topicPartition(partition), partitions.get(partition).end(), nextOffset);
    }

    private static TopicPartition topicPartition(int partition) {
        return new TopicPartition("hits", partition);
    }
}
