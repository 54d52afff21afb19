package io.checkoutmetrics.stream;

import io.checkoutmetrics.hit.Reason;
import io.checkoutmetrics.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A hit that cannot be counted, kept as it came, with the reason and where it came from in its headers.
 *
 * @param value the original bytes, cut at {@link #MOST_BYTES}
 */
record DeadLetter(byte @Nullable [] value, Headers headers) implements Recognised {
    /** Larger values are cut, so that no hit is too large for the producer's default limit of 1 MiB a request. */
    static final int MOST_BYTES = 900_000;

    /** Where a record was read from. */
    record Origin(String topic, int partition, long offset) {}

    static DeadLetter of(byte @Nullable [] original, Origin origin, Reason reason, String detail) {
        Headers headers = new RecordHeaders();
        add(headers, "__streams.errors.exception", "io.checkoutmetrics.UncountableHit");
        add(headers, "__streams.errors.message", reason.text() + ": " + detail);
        add(headers, "__streams.errors.topic", origin.topic());
        add(headers, "__streams.errors.partition", Integer.toString(origin.partition()));
        add(headers, "__streams.errors.offset", Long.toString(origin.offset()));
        add(headers, "reason", reason.text());
        if (original != null && WireFormat.isFramed(original)) {
            add(headers, "schema_id", Integer.toString(WireFormat.schemaId(original)));
        }
        add(headers, "original_size", Integer.toString(original == null ? 0 : original.length));
        return new DeadLetter(cut(original), headers);
    }

    static byte @Nullable [] cut(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= MOST_BYTES ? bytes : Arrays.copyOf(bytes, MOST_BYTES);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
