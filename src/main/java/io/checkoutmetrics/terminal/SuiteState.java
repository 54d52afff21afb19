package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import java.time.Duration;
import java.time.Instant;

/**
 * How a report suite is doing, in a word: first the trouble of the job, then that of its input, then that of the shop.
 */
enum SuiteState {
    /** Part of the input cannot be read; the numbers stand still. */
    STALLED("STALLED", Look.Paint.ALARM),
    /** Nothing was published for long: the job is down, or far behind. */
    OUTDATED("OUTDATED", Look.Paint.ALARM),
    /** No hits arrive at all, of no report suite. */
    INPUT_IDLE("INPUT IDLE", Look.Paint.CALM),
    /** Others have hits, this one has none. */
    NO_HITS("no hits", Look.Paint.CALM),
    /** Traffic, but no checkouts. */
    NO_CHECKOUTS("NO CHECKOUTS", Look.Paint.LOOK_HERE),
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

    /** @param outdatedAfter how old the newest record of a total may be */
    static SuiteState of(CheckoutMetrics total, Instant now, Duration outdatedAfter) {
        if (total.getStatus() == Status.STALLED) {
            return STALLED;
        }
        if (Duration.between(total.getAsOf(), now).compareTo(outdatedAfter) > 0) {
            return OUTDATED;
        }
        if (total.getStatus() == Status.INPUT_IDLE) {
            return INPUT_IDLE;
        }
        WindowMetrics shortest = SuiteWindows.shortest(total);
        if (shortest != null && shortest.getCheckouts() == 0 && shortest.getHits() != null) {
            return shortest.getHits() == 0 ? NO_HITS : NO_CHECKOUTS;
        }
        return total.getStatus() == Status.CORRECTED ? CORRECTED : LIVE;
    }

    String word() {
        return word;
    }

    Look.Paint paint() {
        return paint;
    }
}
