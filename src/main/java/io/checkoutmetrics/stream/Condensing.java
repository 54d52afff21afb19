package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Whether, and how, the consumers of a job sum up hits that surely are no checkouts, so that only the others go through
 * the engine one by one. Results are the same either way.
 */
public final class Condensing {
    private final Settings settings;
    private final WriterSchemas schemas;
    private final InstantSource clock;

    /** @param clock that records may not be ahead of by much */
    public Condensing(Settings settings, WriterSchemas schemas, InstantSource clock) {
        this.settings = settings;
        this.schemas = schemas;
        this.clock = clock;
    }

    /** What one consumer needs. */
    ForConsumer forConsumer() {
        if (!settings.condense()) {
            return new ForConsumer(new ByteArrayDeserializer(), null);
        }
        PlainHits plainHits = new PlainHits(settings.topics().input(), schemas, settings.hits());
        return new ForConsumer(plainHits, new Condenser(settings, plainHits, clock));
    }

    /**
     * @param values the consumer's deserializer
     * @param condenser null: records stay as they are polled
     */
    record ForConsumer(
            Deserializer<byte[]> values, @Nullable Condenser condenser) {
        ConsumerRecords<byte[], byte[]> condense(ConsumerRecords<byte[], byte[]> polled) {
            return condenser == null ? polled : condenser.condense(polled);
        }
    }
}
