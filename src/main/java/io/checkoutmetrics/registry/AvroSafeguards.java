package io.checkoutmetrics.registry;

import org.apache.avro.SystemLimitException;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * What Avro must be told once per JVM, before it reads the first record: which classes a schema may name, and how large a
 * collection may get. Both serializers install it; whoever reads Avro without them has to.
 */
public final class AvroSafeguards {
    /** Items of all arrays and maps in one record. Bounds what a few bytes, such as an {@code array<null>}, can claim. */
    static final int MOST_COLLECTION_ITEMS = 1 << 20;

    private static final String GENERATED_PACKAGE = "io.checkoutmetrics.avro";

    static {
        limit(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY);
        limit(SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY);
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(GENERATED_PACKAGE)));
    }

    private AvroSafeguards() {}

    /** Does so on the first call. Limits that are set as system properties stay. */
    public static void install() {
        // The static initialiser, which runs exactly once, does it.
    }

    private static void limit(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(MOST_COLLECTION_ITEMS));
        }
    }
}
