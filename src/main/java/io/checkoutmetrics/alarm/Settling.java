package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/**
 * The time after an alarm's end, in which only what is clearly worse than chance and pauses is an alarm: the longer the more
 * often alarms came of late, so that nothing goes to and fro.
 */
final class Settling {
    private static final long SHORTEST_MS = 5 * Time.MINUTE_MS;
    private static final long LONGEST_MS = 4 * Time.HOUR_MS;
    private static final double FORGOTTEN_MS = 12.0 * Time.HOUR_MS;
    private static final double CLEARLY_WORSE = 0.5;

    static final int BYTES = Long.BYTES + Double.BYTES + Long.BYTES;

    private long endedMs = Long.MIN_VALUE;
    private double alarms;
    private long lengthMs;

    void ended(long timeMs) {
        double kept = endedMs == Long.MIN_VALUE ? 0 : StrictMath.exp((endedMs - timeMs) / FORGOTTEN_MS);
        alarms = alarms * kept + 1;
        double times = StrictMath.pow(2, alarms - 1);
        lengthMs = (long) Math.min(LONGEST_MS, SHORTEST_MS * times);
        endedMs = timeMs;
    }

    /** Of all that comes in, so many seconds would have to be missing besides. */
    double moreSeconds(long timeMs) {
        return endedMs == Long.MIN_VALUE || timeMs > endedMs + lengthMs ? 0 : CLEARLY_WORSE * lengthMs / 1000.0;
    }

    void writeTo(ByteBuffer out) {
        out.putLong(endedMs).putDouble(alarms).putLong(lengthMs);
    }

    void readFrom(ByteBuffer in) {
        endedMs = in.getLong();
        alarms = in.getDouble();
        lengthMs = in.getLong();
    }
}
