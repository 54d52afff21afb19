package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.subscriber.Verdict;
import java.time.Duration;
import java.time.Instant;

/**
 * How a report suite is doing, in a word: first the trouble of the job, then that of its input, then what {@link Verdict}
 * says of the shop, as the page does.
 */
enum SuiteState {
    /** Part of the input cannot be read; the numbers stand still. */
    STALLED("STALLED", Look.Paint.ALARM),
    /** Nothing was published for long: the job is down, or far behind. */
    OUTDATED("OUTDATED", Look.Paint.ALARM),
    /** No hits arrive at all, of no report suite. */
    INPUT_IDLE("INPUT IDLE", Look.Paint.CALM),
    /** No hits of this one, where there are many as a rule. */
    NO_TRAFFIC("NO TRAFFIC", Look.Paint.LOOK_HERE),
    /** Traffic, but none of the checkouts that were to be expected of it. */
    NO_CHECKOUTS("NO CHECKOUTS", Look.Paint.LOOK_HERE),
    /** Far fewer checkouts than usual. */
    DROP("DROP", Look.Paint.LOOK_HERE),
    /** Far more checkouts than usual. */
    SPIKE("SPIKE", Look.Paint.LOOK_HERE),
    /** No checkouts for a while, and few to be expected. */
    QUIET("quiet", Look.Paint.CALM),
    /** A number already published as complete was corrected. */
    CORRECTED("corrected", Look.Paint.GOOD),
    LIVE("live", Look.Paint.GOOD);

    /** Columns of the longest word. */
    static final int COLUMNS = 12;

    private final String word;
    private final Look.Paint paint;

    SuiteState(String word, Look.Paint paint) {
        this.word = word;
        this.paint = paint;
    }

    /**
     * @param outdatedAfter how old the newest record of a total may be
     * @param verdict what is said of the shop now
     * @param isAlarm whether an alert says so
     */
    static SuiteState of(CheckoutMetrics total, Instant now, Duration outdatedAfter, Verdict verdict, boolean isAlarm) {
        if (total.getStatus() == Status.STALLED) {
            return STALLED;
        }
        if (Duration.between(total.getAsOf(), now).compareTo(outdatedAfter) > 0) {
            return OUTDATED;
        }
        if (total.getStatus() == Status.INPUT_IDLE && !isAlarm) {
            return INPUT_IDLE;
        }
        return switch (verdict) {
            case NO_TRAFFIC -> NO_TRAFFIC;
            case NO_CHECKOUTS -> NO_CHECKOUTS;
            case DROP -> DROP;
            case SPIKE -> SPIKE;
            case QUIET -> QUIET;
            case ALIVE, NOT_KNOWN -> total.getStatus() == Status.CORRECTED ? CORRECTED : LIVE;
        };
    }

    String word() {
        return word;
    }

    Look.Paint paint() {
        return paint;
    }
}
