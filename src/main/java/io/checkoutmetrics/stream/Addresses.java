package io.checkoutmetrics.stream;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends watermarks to every partition, and everything else where its key belongs. */
final class WatermarksToAll<V> implements StreamPartitioner<byte[], V> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, V value, int partitions) {
        return Optional.of(
                value instanceof SourceWatermark
                        ? IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet())
                        : Set.of(Utils.toPositive(Utils.murmur2(key)) % partitions));
    }
}
