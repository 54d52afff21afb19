package io.checkoutmetrics.stream;

import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the topology needs from around it. Shared by all stream threads, so every part is thread-safe.
 *
 * @param schemas the schemas that hits were written with
 * @param horizon what is known of the input beyond its records
 * @param outcomes counters of what became of the hits
 * @param deadLetterShare how many of them may be dead letters
 * @param progress how far the input has been taken
 * @param outputSerializer makes serializers of the output values
 * @param whenEnded told the number of each partition of the last stage that a finite input has gone through; after a
 *     failure perhaps again
 * @param whenTaskClosed told, in its thread, that a task is closed
 */
public record JobParts(
        WriterSchemas schemas,
        InputHorizon horizon,
        Outcomes outcomes,
        DeadLetterShare deadLetterShare,
        Progress progress,
        Supplier<Serializer<Object>> outputSerializer,
        IntConsumer whenEnded,
        Runnable whenTaskClosed) {

    <T> Serde<T> outputs() {
        Serializer<Object> serializer = outputSerializer.get();
        return Serdes.serdeFrom(serializer::serialize, (topic, bytes) -> {
            throw new UnsupportedOperationException("outputs are written, never read");
        });
    }
}
