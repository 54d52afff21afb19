package io.checkoutmetrics.stream;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Marks the records that stand for a {@link HitRun}. The mark is drawn when the process starts and never leaves it, so
 * that nobody can put such a record on the topic of the hits.
 */
final class RunHeader {
    private static final String NAME = "__checkout_metrics_run";
    private static final int BYTES = 16;

    private final byte[] secret = new byte[BYTES];

    RunHeader() {
        new SecureRandom().nextBytes(secret);
    }

    Headers mark() {
        return new RecordHeaders().add(NAME, secret);
    }

    /** The run that a record stands for; empty for a hit as it was received. */
    Optional<HitRun> runOf(Headers headers, byte[] value) {
        Header mark = headers.lastHeader(NAME);
        return mark != null && MessageDigest.isEqual(secret, mark.value())
                ? Optional.of(HitRun.fromBytes(value))
                : Optional.empty();
    }
}
