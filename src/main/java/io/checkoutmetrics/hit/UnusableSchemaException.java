package io.checkoutmetrics.hit;

/**
 * Says that no hit written with a schema can be read, and why. Every hit with that schema is to be dead-lettered with
 * this reason.
 */
public final class UnusableSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private UnusableSchemaException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static UnusableSchemaException badSchema(String message) {
        return new UnusableSchemaException(Reason.BAD_SCHEMA, message);
    }

    static UnusableSchemaException mismatch(String message) {
        return new UnusableSchemaException(Reason.SCHEMA_MISMATCH, message);
    }

    /** {@link Reason#BAD_SCHEMA} or {@link Reason#SCHEMA_MISMATCH}. */
    public Reason reason() {
        return reason;
    }
}
