package io.checkoutmetrics.operate;

/** A topic that the job writes to was deleted: nothing more can be sent there, so there is nothing to wait for. */
final class OutputGoneException extends JobException {
    private static final long serialVersionUID = 1;

    OutputGoneException(String topic) {
        super("\"" + topic + "\" is gone. What was to go there is not committed, and the hits it"
                + " came from are read again: create it, for which there is the command \"check --create\", and"
                + " start again.");
    }
}
