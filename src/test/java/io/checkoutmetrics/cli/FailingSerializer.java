package io.checkoutmetrics.cli;

import io.checkoutmetrics.registry.AvroSerializer;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Fails of every final, as a plug-in with a bug does, in the way that the property {@code failing} names. */
public final class FailingSerializer implements Serializer<IndexedRecord> {
    private final AvroSerializer<IndexedRecord> others = new AvroSerializer<>();

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        others.configure(settings, isKey);
    }

    @Override
    public byte[] serialize(String topic, IndexedRecord value) {
        if (topic.equals("checkout-intervals")) {
            if (System.getProperty("failing", "").equals("error")) {
                throw new StackOverflowError("too deep for me");
            }
            throw new IllegalStateException("a bug of mine");
        }
        return others.serialize(topic, value);
    }

    @Override
    public void close() {
        others.close();
    }
}
