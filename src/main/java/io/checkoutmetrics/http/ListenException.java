package io.checkoutmetrics.http;

/** The listener cannot listen; the message says why and what to do. */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ListenException(String message) {
        super(message);
    }

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
