package io.checkoutmetrics.operate;

/** The job cannot start or go on; the message says why and what to do, without host names beyond those configured. */
public class JobException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JobException(String message) {
        super(message);
    }

    public JobException(String message, Throwable cause) {
        super(message, cause);
    }
}
