package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/**
 * How far a measure of a series is behind at most, usually: what sends in batches pauses for so long between them, and what
 * went through a queue stands still and then comes all at once. Told by evidence that gathered and came to nothing. So much
 * more evidence is asked for as such a pause brings by itself.
 */
final class Lag {
    /** Nobody is to be told of a shorter pause. */
    private static final double SHORTEST_SECONDS = 5;

    private static final long LONGEST_MS = 20 * Time.MINUTE_MS;

    /** Of the evidence it takes: less than that is chance. */
    private static final double BY_CHANCE = 0.75;

    /** No two pauses are alike. */
    private static final double AND_MORE = 1.25;

    private static final double KEPT =
            StrictMath.exp(-Time.MINUTE_MS / (2.0 * Time.DAY_MS)); // of a minute, a minute later

    static final int BYTES = Double.BYTES + Pauses.BYTES;

    private final Pauses pauses = new Pauses();
    private double seconds;

    void add(Step step, long came) {
        pauses.add(step, came);
    }

    /** To be asked after each step: where evidence came to nothing with it, that was no trouble. */
    void learn(Evidence evidence, double threshold) {
        if (evidence.endedAt() > 0 && evidence.endedAfterMs() <= LONGEST_MS) {
            double beyond = evidence.endedAt() - BY_CHANCE * least(evidence, threshold);
            double pause = AND_MORE * beyond / evidence.perSecond();
            seconds = Math.max(seconds, Math.min(pause, LONGEST_MS / 1000.0));
        }
    }

    /**
     * Whether there is so much evidence that neither chance nor a pause explains it.
     *
     * @param moreSeconds of a pause that are to be explained away besides
     */
    boolean isExceededBy(Evidence evidence, double threshold, double moreSeconds) {
        if (evidence.sum() < threshold) {
            return false;
        }
        double paused = Math.max(seconds, AND_MORE * pauses.seconds()) + moreSeconds;
        return evidence.sum() >= least(evidence, threshold) + paused * evidence.perSecond();
    }

    private static double least(Evidence evidence, double threshold) {
        return Math.max(threshold, SHORTEST_SECONDS * evidence.perSecond());
    }

    /** A minute has passed. */
    void fade() {
        seconds *= KEPT;
    }

    void writeTo(ByteBuffer out) {
        out.putDouble(seconds);
        pauses.writeTo(out);
    }

    void readFrom(ByteBuffer in) {
        seconds = in.getDouble();
        pauses.readFrom(in);
    }
}
