package io.checkoutmetrics.stream;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * One of the job's stages: what is the same for its tasks.
 *
 * @param number from 0
 * @param stores whose names its processors ask for
 * @param reader makes values of the input topic's bytes
 * @param processors makes the job's own processors
 * @param sender puts what they forward where it belongs
 */
record SimulatedStage<I, O>(
        int number,
        Set<StoreBuilder<?>> stores,
        Function<byte[], I> reader,
        Supplier<Processor<byte[], I, byte[], O>> processors,
        Sender<O> sender) {

    /** Appends one record to the partition or partitions it belongs to. */
    interface Sender<O> {
        void send(int ownPartition, SimulatedPartition.Entry<O> sent);
    }
}
