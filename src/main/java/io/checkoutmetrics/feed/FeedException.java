package io.checkoutmetrics.feed;

import java.io.Serial;

/** The feed cannot be read as asked. The message says why and what to do, for the user as it is. */
public final class FeedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    FeedException(String message) {
        super(message);
    }

    FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
