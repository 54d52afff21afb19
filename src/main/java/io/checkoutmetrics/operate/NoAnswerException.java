package io.checkoutmetrics.operate;

/** No broker answers, or none can be found: that may pass, so who can wait tries again. The message says who was asked. */
public final class NoAnswerException extends JobException {
    private static final long serialVersionUID = 1;

    NoAnswerException(String message) {
        super(message);
    }

    NoAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
