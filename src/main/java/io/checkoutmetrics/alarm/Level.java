package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/** How what came in compares to what the week's rhythm expects, of late: 1 is the same. What is long ago counts ever less. */
final class Level {
    private final double keptPerMinute;
    private final double trustInBefore;
    private double actual;
    private double expected;

    /**
     * @param memoryMs after so long a minute counts for a third
     * @param trustInBefore so much has to be expected before what came in counts for half
     */
    Level(long memoryMs, double trustInBefore) {
        this.keptPerMinute = StrictMath.exp(-Time.MINUTE_MS / (double) memoryMs);
        this.trustInBefore = trustInBefore;
    }

    void learn(double actualOfMinute, double expectedOfMinute) {
        actual = actual * keptPerMinute + actualOfMinute;
        expected = expected * keptPerMinute + expectedOfMinute;
    }

    /** @param before what it is taken to be as long as nothing is known */
    double value(double before) {
        return (actual + trustInBefore * before) / (expected + trustInBefore);
    }

    void writeTo(ByteBuffer out) {
        out.putDouble(actual).putDouble(expected);
    }

    void readFrom(ByteBuffer in) {
        actual = in.getDouble();
        expected = in.getDouble();
    }
}
