package io.checkoutmetrics.stream;

/** Too large a share of the hits cannot be counted to go on; another try cannot mend that, and the message says what can. */
public final class TooManyDeadLettersException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyDeadLettersException(String message) {
        super(message);
    }
}
