package io.checkoutmetrics.cli;

import io.checkoutmetrics.subscriber.OutputSubscriber;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * Says on standard error, for whoever has standard output read by a program, what keeps records from coming and how many
 * could not be read: when that changes, of the latter once in ten seconds at most.
 */
final class SubscriberTalk {
    private static final long BROKEN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintStream err;
    private String trouble = "";
    private long broken;
    private long brokenToldAtNanos = System.nanoTime() - BROKEN_EVERY_NANOS;

    SubscriberTalk(PrintStream err) {
        this.err = err;
    }

    /** To be called several times a second. */
    void look(OutputSubscriber<?> subscriber) {
        look(subscriber.trouble(), subscriber.broken(), System.nanoTime());
    }

    void look(String troubleNow, long brokenNow, long nowNanos) {
        if (!troubleNow.equals(trouble)) {
            trouble = troubleNow;
            err.println(trouble.isEmpty() ? "It goes on: what waited comes now." : "Waiting: " + trouble);
        }
        if (brokenNow != broken && nowNanos - brokenToldAtNanos >= BROKEN_EVERY_NANOS) {
            broken = brokenNow;
            brokenToldAtNanos = nowNanos;
            err.println(left(broken));
        }
    }

    /** So many records are missing from what is shown. */
    static String left(long broken) {
        return (broken == 1 ? "1 record" : broken + " records") + " could not be read and "
                + (broken == 1 ? "is" : "are") + " left out";
    }
}
