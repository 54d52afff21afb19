package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/**
 * How much speaks for one rate against another, since it last spoke against it: the logarithm of how much likelier what came
 * in is, 0 or more. And what came in since then.
 */
final class Evidence {
    private double sum;
    private long sinceMs;
    private double expected;
    private long actual;
    /** Nothing counts until it has made up for this: 0 or less. */
    private double floor;

    /**
     * A step, and how much likelier it is.
     *
     * @param usual the rate per second that speaks against
     * @param other the rate per second that speaks for
     * @param clusters so many events count as one
     */
    void add(Step step, long count, double middle, double usual, double other, double clusters) {
        if (usual <= 0 || Double.isInfinite(usual)) {
            reset();
            return;
        }
        if (sum <= floor) {
            sinceMs = step.startMs();
        }
        double likelier = count == 0 ? 0 : count * StrictMath.log(other / usual);
        sum += (likelier - (other - usual) * step.seconds()) / clusters;
        if (sum <= floor) {
            reset();
            return;
        }
        expected += middle * step.seconds();
        actual += count;
    }

    void reset() {
        sum = floor;
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
}
