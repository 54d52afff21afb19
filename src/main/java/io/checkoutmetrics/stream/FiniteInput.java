package io.checkoutmetrics.stream;

import java.util.Map;
import java.util.OptionalLong;

/**
 * An input that was written before the job started and ends: what files are turned into. The clock moves nothing, since
 * the hits are of another time.
 */
public final class FiniteInput implements InputHorizon {
    private final Map<Integer, Long> endOffsets;

    /** @param endOffsets of every partition, the offset after its last record */
    public FiniteInput(Map<Integer, Long> endOffsets) {
        this.endOffsets = Map.copyOf(endOffsets);
    }

    @Override
    public OptionalLong quietUntil(int partition, long nextOffset) {
        return OptionalLong.empty();
    }

    @Override
    public boolean isEnded(int partition, long nextOffset) {
        return nextOffset >= endOffsets.getOrDefault(partition, 0L);
    }
}
