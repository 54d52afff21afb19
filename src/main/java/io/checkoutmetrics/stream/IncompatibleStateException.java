package io.checkoutmetrics.stream;

/** The stored state is not what the settings ask for; another try cannot mend that, and the message says what can. */
public final class IncompatibleStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IncompatibleStateException(String message) {
        super(message);
    }
}
