package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * What the consumers of a job do to hits before the engine sees them: they hold back those that nobody can read yet, and,
 * unless told not to, sum up those that surely are no checkouts, so that only the others go through the engine one by
 * one. Results are the same either way.
 */
public final class HitIntake {
    private final Settings settings;
    private final WriterSchemas schemas;
    private final InstantSource clock;

    /** @param clock that records may not be ahead of by much */
    public HitIntake(Settings settings, WriterSchemas schemas, InstantSource clock) {
        this.settings = settings;
        this.schemas = schemas;
        this.clock = clock;
    }

    /** What one consumer needs. */
    ForConsumer forConsumer() {
        if (!settings.condense()) {
            return withoutCondensing();
        }
        PlainHits plainHits = plainHits();
        return new ForConsumer(plainHits, new Condenser(settings, plainHits, false, clock), gate());
    }

    /** What one consumer needs that copies values before anybody can look at them. */
    ForConsumer forConsumerOfCopies() {
        if (!settings.condense()) {
            return withoutCondensing();
        }
        Condenser condenser = new Condenser(settings, plainHits(), true, clock);
        return new ForConsumer(new ByteArrayDeserializer(), condenser, gate());
    }

    private ForConsumer withoutCondensing() {
        return new ForConsumer(new ByteArrayDeserializer(), null, gate());
    }

    private PlainHits plainHits() {
        return new PlainHits(settings.topics().input(), schemas, settings.hits());
    }

    private SchemaGate gate() {
        return new SchemaGate(settings.topics().input(), schemas);
    }

    /**
     * @param values the consumer's deserializer
     * @param condenser null: records stay as they are polled
     * @param gate what has been condensed has to pass it
     */
    record ForConsumer(
            Deserializer<byte[]> values, @Nullable Condenser condenser, SchemaGate gate) {
        ConsumerRecords<byte[], byte[]> condense(ConsumerRecords<byte[], byte[]> polled) {
            return condenser == null ? polled : condenser.condense(polled);
        }
    }
}
