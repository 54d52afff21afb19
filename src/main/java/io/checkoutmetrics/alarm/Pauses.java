package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/** How long a measure pauses between what comes, for most of the time, where that is no chance. */
final class Pauses {
    /** So many would have been to be expected in a pause. */
    private static final double NO_CHANCE = 5;

    /** A longer silence may be an outage. */
    private static final long SURELY_MS = Time.MINUTE_MS;

    /** Of what was to be expected in it: after a pause comes what was held back, after an outage it does not. */
    private static final double HELD_BACK = 0.5;

    private static final long LONGEST_MS = 5 * Time.MINUTE_MS;
    private static final double MEMORY_MS = Time.HOUR_MS;

    static final int BYTES = 5 * Double.BYTES;

    /** What came, in how much time, and of that what each moment in a pause saw of it: of the last hour or so. */
    private double count;

    private double milliseconds;
    private double inPauses;
    private double seconds;
    private double silentMs;

    /** A step with so many. */
    void add(Step step, long came) {
        if (came == 0) {
            silentMs += step.widthMs();
            return;
        }
        double sinceMs = silentMs + step.widthMs();
        silentMs = 0;
        if (sinceMs > LONGEST_MS) {
            return;
        }
        double expected = milliseconds == 0 ? 0 : count / milliseconds * sinceMs;
        boolean isSilence = sinceMs > step.widthMs() && expected > NO_CHANCE;
        boolean isPause = isSilence && (sinceMs <= SURELY_MS || came > HELD_BACK * expected);
        double kept = 1 - sinceMs / (MEMORY_MS + sinceMs);
        count = count * kept + came;
        milliseconds = milliseconds * kept + sinceMs;
        inPauses = inPauses * kept + (isPause ? sinceMs / 1000.0 * sinceMs : 0);
        seconds = inPauses / milliseconds;
    }

    /** 0 where there are none, or few. */
    double seconds() {
        return seconds;
    }

    void writeTo(ByteBuffer out) {
        out.putDouble(count).putDouble(milliseconds).putDouble(inPauses);
        out.putDouble(seconds).putDouble(silentMs);
    }

    void readFrom(ByteBuffer in) {
        count = in.getDouble();
        milliseconds = in.getDouble();
        inPauses = in.getDouble();
        seconds = in.getDouble();
        silentMs = in.getDouble();
    }
}
