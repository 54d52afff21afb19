package io.checkoutmetrics.alarm;

/**
 * What is expected of a minute, per second.
 *
 * @param low the least that is usual, sway left aside
 * @param middle the best guess
 * @param high the most that is usual, sway left aside
 * @param clusters variance of counts as a multiple of their mean
 * @param sway standard deviation of the rate, as a share of it
 * @param isFromWeeks whether the rhythm of the week is known; else only the last hour is
 */
record Expected(double low, double middle, double high, double clusters, double sway, boolean isFromWeeks) {
    static final Expected NOTHING = new Expected(0, 0, Double.POSITIVE_INFINITY, 1, 0, false);
}
