package io.checkoutmetrics.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Why the schema registry gave no usable answer, classified by cause, because each cause asks for something else of the
 * caller. Messages name the host and the remedy, never a credential. Carries no stack trace, as every
 * {@link SerializationException}, so throwing one per record is cheap.
 */
public abstract sealed class RegistryException extends SerializationException {
    private static final long serialVersionUID = 1L;

    private RegistryException(String message) {
        super(message);
    }

    /**
     * The registry answered, and knows no such schema, version or subject: HTTP 404 with the registry's own error code
     * (40403 where a schema ID was asked for). The schema may still come: ask again for a bounded time.
     */
    public static final class UnknownSchema extends RegistryException {
        private static final long serialVersionUID = 1L;

        UnknownSchema(String message) {
            super(message);
        }
    }

    /**
     * The registry has the schema, but not one that can be used here: not Avro, or one that refers to other schemas.
     * Asking again cannot help; the data that needs it cannot be read.
     */
    public static final class UnusableSchema extends RegistryException {
        private static final long serialVersionUID = 1L;

        UnusableSchema(String message) {
            super(message);
        }
    }

    /**
     * No registry could be reached, or all answered that they cannot serve now: connection refused, timeout, HTTP 5xx,
     * 429 or 408. Says nothing about the schema: wait and ask again, for as long as it takes.
     */
    public static final class Unavailable extends RegistryException {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }
    }

    /**
     * The registry refused, or what answered is no schema registry: 401, 403, a redirect, a 404 that is not the
     * registry's own, any other 4xx, a body that is none of the API's or larger than allowed. A matter of
     * configuration:
     * says nothing about the schema, and waiting does not help.
     */
    public static final class Refused extends RegistryException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
