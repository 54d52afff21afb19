package io.checkoutmetrics.operate;

/**
 * What one check of the preflight found.
 *
 * @param outcome whether it is well
 * @param subject what was looked at, by the name of its setting where it has one
 * @param message what is there or what is wrong, a sentence
 * @param remedy what to do, a sentence; empty where nothing has to be done
 */
public record Finding(Outcome outcome, String subject, String message, String remedy) {
    /** How a check ended. */
    public enum Outcome {
        /** All is as it has to be. */
        OK,
        /** The job runs, but something may surprise. */
        WARNING,
        /** The job does not start, or would stop or count wrong. */
        PROBLEM
    }

    static Finding ok(String subject, String message) {
        return new Finding(Outcome.OK, subject, message, "");
    }

    static Finding warning(String subject, String message, String remedy) {
        return new Finding(Outcome.WARNING, subject, message, remedy);
    }

    static Finding problem(String subject, String message, String remedy) {
        return new Finding(Outcome.PROBLEM, subject, message, remedy);
    }

    public boolean isProblem() {
        return outcome == Outcome.PROBLEM;
    }

    public boolean isWarning() {
        return outcome == Outcome.WARNING;
    }

    /** In one line: subject, message and remedy. */
    public String line() {
        return subject + ": " + message + (remedy.isEmpty() ? "" : " " + remedy);
    }
}
