package io.checkoutmetrics.alarm;

import java.util.ArrayDeque;

/** What is set up first: the last five minutes, looked at every minute, against a quarter and four times of the mean. */
final class FixedThreshold implements Rule {
    private static final int MINUTES = 5;
    private static final int WEEK_MINUTES = 7 * 24 * 60;

    private final ArrayDeque<Long> last = new ArrayDeque<>();
    private long inMinute;
    private long inLast;
    private double mean;
    private long minutes;
    private int said;

    @Override
    public int take(Step step) {
        inMinute += step.checkouts();
        if (step.endMs() % Time.MINUTE_MS == 0) {
            minutes++;
            if (minutes <= WEEK_MINUTES) {
                mean += (inMinute - mean) / minutes; // somebody looks at the first week and decides
            }
            last.add(inMinute);
            inLast += inMinute;
            if (last.size() > MINUTES) {
                inLast -= last.remove();
            }
            inMinute = 0;
            double usual = mean * MINUTES;
            said = minutes < 24 * 60 ? 0 : inLast < usual / 4 ? -1 : inLast > usual * 4 ? 1 : 0;
        }
        return said;
    }
}
