package io.checkoutmetrics.bench.subject;

import io.checkoutmetrics.bench.workload.WideHit;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.HitReader;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.hit.UnusableSchemaException;
import io.checkoutmetrics.registry.WireFormat;
import org.jspecify.annotations.Nullable;

/** The job's own quick look at a hit, lent to the peers: what they count is to be compared, not how they read Avro. */
final class CheckoutFilter {
    private final HitReader reader;

    CheckoutFilter() {
        try {
            reader = HitReader.of(WideHit.SCHEMA, HitRules.defaults());
        } catch (UnusableSchemaException e) {
            throw new IllegalStateException("the schema of the hits is a good one", e);
        }
    }

    /** The checkout, or null where the hit is none. */
    @Nullable
    CheckoutHit read(byte[] value) {
        return WireFormat.schemaId(value) == WideHit.SCHEMA_ID
                        && reader.read(value, WireFormat.HEADER_BYTES) instanceof CheckoutHit checkout
                ? checkout
                : null;
    }
}
