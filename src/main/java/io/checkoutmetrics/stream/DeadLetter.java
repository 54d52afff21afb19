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
    /**
     * Larger values are cut, so that with key and headers none is too large for the producer's default limit of 1 MiB.
     */
    static final int MOST_BYTES = 900_000;

    /** Larger keys are cut. */
    static final int MOST_KEY_BYTES = 100_000;

    /** Characters; longer details, which may quote what somebody wrote, are cut. */
    private static final int MOST_DETAIL = 500;

    /** Where a record was read from. */
    record Origin(String topic, int partition, long offset) {}

    static DeadLetter of(byte @Nullable [] original, Origin origin, Reason reason, String detail) {
        Headers headers = new RecordHeaders();
        add(headers, "__streams.errors.exception", "io.checkoutmetrics.UncountableHit");
        add(headers, "__streams.errors.message", reason.text() + ": " + shortened(detail));
        add(headers, "__streams.errors.topic", origin.topic());
        add(headers, "__streams.errors.partition", Integer.toString(origin.partition()));
        add(headers, "__streams.errors.offset", Long.toString(origin.offset()));
        add(headers, "reason", reason.text());
        if (original != null && WireFormat.isFramed(original)) {
            add(headers, "schema_id", Integer.toString(WireFormat.schemaId(original)));
        }
        add(headers, "original_size", Integer.toString(original == null ? 0 : original.length));
        return new DeadLetter(cut(original, MOST_BYTES), headers);
    }

    private static String shortened(String detail) {
        return detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL) + "…";
    }

    static byte @Nullable [] cut(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
