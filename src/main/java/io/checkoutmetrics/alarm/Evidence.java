package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/**
 * How much speaks for one rate against another, since it last spoke against it: the logarithm of how much likelier what came
 * in is, 0 or more. And what came in since then.
 */
final class Evidence {
    private static final double LONGEST_HELD_BACK_SECONDS = 1_200;

    private double sum;
    private long sinceMs;
    private double expected;
    private long actual;
    /** Nothing counts until it has made up for this: 0 or less. */
    private double floor;

    /** The most there was since it last was none. */
    private double peak;

    /** What would speak for too many, but was missing just before. */
    private double heldBack;

    private double perSecond;
    private double endedAt;
    private long endedAfterMs;
    private double knownQuotient = 1;
    private double knownLogarithm;

    /**
     * A step, and how much likelier it is.
     *
     * @param usual the rate per second that speaks against
     * @param other the rate per second that speaks for
     * @param clusters so many events count as one
     */
    void add(Step step, long count, double middle, double usual, double other, double clusters) {
        endedAt = 0;
        if (usual <= 0 || Double.isInfinite(usual)) {
            perSecond = 0;
            heldBack = 0;
            reset();
            return;
        }
        double ofOne = logarithm(other / usual) / clusters;
        perSecond = Math.max((usual - other) / clusters, usual * ofOne);
        double likelier = count * ofOne - (other - usual) * step.seconds() / clusters;
        if (sum <= floor) {
            sinceMs = step.startMs();
            likelier -= other > usual ? heldBack(count * ofOne, step) : 0;
        }
        sum += likelier;
        if (sum <= floor) {
            double most = peak;
            reset();
            endedAt = most;
            endedAfterMs = step.endMs() - sinceMs;
            return;
        }
        peak = Math.max(peak, sum);
        expected += middle * step.seconds();
        actual += count;
    }

    /** After a pause, what was to be expected in it may come at once; returns how much of this is that. */
    private double heldBack(double came, Step step) {
        if (came > 0) {
            double was = Math.min(heldBack, came);
            heldBack = 0;
            return was;
        }
        heldBack = Math.min(heldBack + perSecond * step.seconds(), LONGEST_HELD_BACK_SECONDS * perSecond);
        return 0;
    }

    private double logarithm(double quotient) {
        if (quotient != knownQuotient) {
            knownQuotient = quotient;
            knownLogarithm = StrictMath.log(quotient);
        }
        return knownLogarithm;
    }

    void reset() {
        sum = floor;
        peak = 0;
        endedAt = 0;
        expected = 0;
        actual = 0;
    }

    /** So much more is to be made up for first. */
    void owe(double debt) {
        floor = -debt;
        sum = floor;
    }

    /** What is to be made up for is forgotten in time. */
    void forgive(double kept) {
        floor = floor > -0.1 ? 0 : floor * kept;
        sum = Math.max(sum, floor);
    }

    double sum() {
        return sum;
    }

    long sinceMs() {
        return sinceMs;
    }

    double expected() {
        return expected;
    }

    long actual() {
        return actual;
    }

    /** What one second brings in which nothing comes, if few are meant; if many, a second's worth that comes besides. */
    double perSecond() {
        return perSecond;
    }

    /** How much it had come to when the last step made it none; 0 if that did not. */
    double endedAt() {
        return endedAt;
    }

    /** For how long it had gathered, then. */
    long endedAfterMs() {
        return endedAfterMs;
    }

    /** Bytes of {@link #writeTo}, at most. */
    static final int BYTES = 1 + 5 * Long.BYTES;

    /** Most evidence, most of the time, is none. */
    void writeTo(ByteBuffer out) {
        boolean isNone = sum == 0 && floor == 0;
        out.put((byte) (isNone ? 0 : 1));
        if (!isNone) {
            out.putDouble(sum)
                    .putLong(sinceMs)
                    .putDouble(expected)
                    .putLong(actual)
                    .putDouble(floor);
        }
    }

    void readFrom(ByteBuffer in) {
        if (in.get() == 1) {
            sum = in.getDouble();
            sinceMs = in.getLong();
            expected = in.getDouble();
            actual = in.getLong();
            floor = in.getDouble();
        }
    }

    static final int BYTES_OF_PAUSES = 2 * Double.BYTES;

    void writePausesTo(ByteBuffer out) {
        out.putDouble(peak).putDouble(heldBack);
    }

    void readPausesFrom(ByteBuffer in) {
        peak = in.getDouble();
        heldBack = in.getDouble();
    }
}
