package io.checkoutmetrics.stream;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Where a record goes on an internal topic, which its key says: to one partition, as what is bundled for it does, or to
 * every one, as watermarks do.
 */
final class Addresses<V> implements StreamPartitioner<byte[], V> {
    static final byte[] EVERY_PARTITION = {};

    /** The key of a record for one partition. */
    static byte[] of(int partition) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
    }

    /** The partition, of so many, at which everything meets that has the same bytes in common. */
    static int partitionOf(byte[] common, int partitions) {
        return Utils.toPositive(Utils.murmur2(common)) % partitions;
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, V value, int partitions) {
        return Optional.of(
                key.length == 0
                        ? IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet())
                        : Set.of(ByteBuffer.wrap(key).getInt()));
    }
}
