package io.checkoutmetrics.stream;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * An input that was written before the job started and ends: what files are turned into. The clock moves nothing, since
 * the hits are of another time.
 */
public final class FiniteInput implements InputHorizon {
    private final String topic;
    private final Map<Integer, Long> endOffsets;
    private final InputPositions positions = new InputPositions();

    /** @param endOffsets of every partition that has records, the offset after its last one */
    public FiniteInput(String topic, Map<Integer, Long> endOffsets) {
        this.topic = topic;
        this.endOffsets = Map.copyOf(endOffsets);
    }

    /** The clients that the engine has to use, for this to know how far it has read. */
    public TrackingClients clients(HitIntake intake) {
        return new TrackingClients(topic, positions, intake);
    }

    @Override
    public OptionalLong quietUntil(int partition, long nextOffset) {
        return OptionalLong.empty();
    }

    /** The hits are of another time, until the last of them was taken. */
    @Override
    public OptionalLong waitingForMs(int partition, long nextOffset) {
        return OptionalLong.of(isEnded(partition, nextOffset) ? 0 : Long.MAX_VALUE);
    }

    @Override
    public boolean isEnded(int partition, long nextOffset) {
        long end = endOffsets.getOrDefault(partition, 0L);
        return positions.isTakenTo(new TopicPartition(topic, partition), end, nextOffset);
    }
}
