package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for a series, and the minutes it is learned from. A minute waits before it is learned: it may turn out that
 * trouble had begun by then, and trouble is not to be taken for usual.
 */
final class Usual {
    private static final int WAITING_MINUTES = 12;

    /** Bytes of {@link #writeTo}, at most. */
    static final int BYTES = 1_024;

    private record Minute(
            long startMs, long checkouts, long hits, double expectedCheckouts, double expectedHits, boolean isUsual) {}

    private final Baseline checkouts;
    private final Baseline hits;
    private final @Nullable Minute[] waiting = new Minute[WAITING_MINUTES];
    private Expected expectedCheckouts = Expected.NOTHING;
    private Expected expectedHits = Expected.NOTHING;

    Usual(ZoneId zone) {
        LocalHours hours = new LocalHours(zone);
        checkouts = new Baseline(hours);
        hits = new Baseline(hours);
    }

    Expected checkouts() {
        return expectedCheckouts;
    }

    Expected hits() {
        return expectedHits;
    }

    /** A minute has ended, and was as usual as far as is known. */
    void ended(long minuteMs, long checkoutsOfMinute, long hitsOfMinute, boolean isUsual) {
        int place = (int) Math.floorMod(minuteMs / Time.MINUTE_MS, WAITING_MINUTES);
        learn(waiting[place]);
        waiting[place] = new Minute(
                minuteMs,
                checkoutsOfMinute,
                hitsOfMinute,
                60 * expectedCheckouts.middle(),
                60 * expectedHits.middle(),
                isUsual);
    }

    /** A minute begins. */
    void begins(long minuteMs) {
        expectedCheckouts = checkouts.at(minuteMs + Time.MINUTE_MS / 2);
        expectedHits = hits.at(minuteMs + Time.MINUTE_MS / 2);
    }

    private void learn(@Nullable Minute minute) {
        if (minute == null || !minute.isUsual) {
            checkouts.skip();
            hits.skip();
            return;
        }
        checkouts.learn(minute.startMs, minute.checkouts, minute.expectedCheckouts);
        if (minute.hits >= 0) {
            hits.learn(minute.startMs, minute.hits, minute.expectedHits);
        }
    }

    /** What came since then was not usual after all. */
    void wasUnusualSince(long timeMs) {
        for (int i = 0; i < WAITING_MINUTES; i++) {
            Minute minute = waiting[i];
            if (minute != null && minute.startMs + Time.MINUTE_MS > timeMs) {
                waiting[i] = new Minute(minute.startMs, minute.checkouts, minute.hits, 0, 0, false);
            }
        }
    }

    WeekProfile weekOfCheckouts() {
        return checkouts.profile();
    }

    WeekProfile weekOfHits() {
        return hits.profile();
    }

    void writeTo(ByteBuffer out) {
        checkouts.writeTo(out);
        hits.writeTo(out);
        for (Minute minute : waiting) {
            out.put((byte) (minute == null ? 0 : minute.isUsual ? 1 : 2));
            if (minute != null) {
                out.putLong(minute.startMs).putLong(minute.checkouts).putLong(minute.hits);
                out.putDouble(minute.expectedCheckouts).putDouble(minute.expectedHits);
            }
        }
    }

    void readFrom(ByteBuffer in) {
        checkouts.readFrom(in);
        hits.readFrom(in);
        for (int i = 0; i < WAITING_MINUTES; i++) {
            byte kind = in.get();
            waiting[i] = kind == 0
                    ? null
                    : new Minute(in.getLong(), in.getLong(), in.getLong(), in.getDouble(), in.getDouble(), kind == 1);
        }
    }
}
