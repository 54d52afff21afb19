package io.checkoutmetrics.visitor;

import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hash.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * 64 bits that stand for an identifier. Of a million identifiers, two share them once in 37 million times. They are stored,
 * so what an identifier's are never changes.
 */
public final class Fingerprint {
    /** Of no identifier. */
    public static final long NONE = 0;

    private static final long SEED = 9_001;
    private static final long INSTEAD_OF_NONE = 1;

    private Fingerprint() {}

    /** The identifier's, or {@link #NONE} of null. */
    public static long of(@Nullable String identifier) {
        if (identifier == null) {
            return NONE;
        }
        long hash = MurmurHash3.hash(identifier.getBytes(StandardCharsets.UTF_8), SEED)[0];
        return hash == NONE ? INSTEAD_OF_NONE : hash;
    }
}
