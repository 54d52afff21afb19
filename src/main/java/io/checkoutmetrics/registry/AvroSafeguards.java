package io.checkoutmetrics.registry;

import java.lang.reflect.Method;
import org.apache.avro.SystemLimitException;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/**
 * What Avro must be told once per JVM, before it reads bytes that others wrote: which classes a schema may name, and
 * how many items that take no bytes a record may claim. (Whatever takes bytes, Avro bounds by the bytes there are.)
 * Both serializers install it; whoever reads Avro without them has to.
 */
public final class AvroSafeguards {
    /** Items without bytes, such as those of an {@code array<null>}, in all collections of one record. */
    static final int MOST_ITEMS_WITHOUT_BYTES = 1 << 20;

    private static final String GENERATED_PACKAGE = "io.checkoutmetrics.avro";

    static {
        if (System.getProperty(SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY) == null) {
            limitItemsWithoutBytes();
        }
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(GENERATED_PACKAGE)));
    }

    private AvroSafeguards() {}

    /**
     * Avro reads the property when its class of limits is initialised, and any generated class may have done that
     * already.
     * Then Avro is made to read it again, by the method its own tests use, which is not public.
     */
    private static void limitItemsWithoutBytes() {
        System.setProperty(
                SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY, Integer.toString(MOST_ITEMS_WITHOUT_BYTES));
        if (isLimited()) {
            return;
        }
        try {
            Method reset = SystemLimitException.class.getDeclaredMethod("resetLimits");
            reset.setAccessible(true);
            reset.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw tooLate(e);
        }
        if (!isLimited()) {
            throw tooLate(null);
        }
    }

    private static boolean isLimited() {
        try {
            SystemLimitException.checkMaxCollectionAllocation(0L, MOST_ITEMS_WITHOUT_BYTES + 1L);
            return false;
        } catch (SystemLimitException limited) {
            return true;
        }
    }

    private static IllegalStateException tooLate(@Nullable Throwable cause) {
        return new IllegalStateException(
                "Avro was used before its limits were set. Set them at start-up: -D"
                        + SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY + "=" + MOST_ITEMS_WITHOUT_BYTES,
                cause);
    }

    /** Does so on the first call. A limit that is set as a system property stays. */
    public static void install() {
        // The static initialiser, which runs exactly once, does it.
    }
}
