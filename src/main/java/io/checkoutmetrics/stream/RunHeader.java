package io.checkoutmetrics.stream;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The header by which a record stands for a {@link HitRun}, and in which it carries it, as an object: from the consumer that
 * made the run to the stage that takes it there is only the memory of this process. Whatever comes from a topic is
 * bytes, so nobody can put such a record there.
 */
record RunHeader(HitRun run) implements Header {
    private static final String NAME = "__checkout_metrics_run";
    private static final byte[] NOTHING = {};

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public byte[] value() {
        return NOTHING;
    }

    Headers alone() {
        return new RecordHeaders(new Header[] {this});
    }

    /** The run that a record stands for; empty for a hit as it was received. */
    static Optional<HitRun> runOf(Headers headers) {
        return headers.lastHeader(NAME) instanceof RunHeader header ? Optional.of(header.run) : Optional.empty();
    }
}
