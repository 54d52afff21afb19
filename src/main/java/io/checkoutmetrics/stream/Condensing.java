package io.checkoutmetrics.stream;

import io.checkoutmetrics.config.Settings;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Whether, and how, the consumers of a job sum up hits that surely are no checkouts, so that only the others go through
 * the engine one by one. Results are the same either way. One for a job: its consumers and its first stage have to agree.
 */
public final class Condensing {
    private final Settings settings;
    private final WriterSchemas schemas;
    private final InstantSource clock;
    private final RunHeader header = new RunHeader();

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
        return new ForConsumer(plainHits, new Condenser(settings, plainHits, header, clock));
    }

    /** What marks the records that stand for runs. */
    Headers mark() {
        return header.mark();
    }

    /** The run of hits that a record stands for; empty for a hit as it was received. */
    Optional<HitRun> runOf(Headers headers, byte[] value) {
        return header.runOf(headers, value);
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
