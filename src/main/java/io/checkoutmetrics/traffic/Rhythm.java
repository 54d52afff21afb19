package io.checkoutmetrics.traffic;

import java.time.ZonedDateTime;

/**
 * How busy a shop is by local time, as a factor of its average over the week: hardly anyone at four in the morning, a
 * bump at lunch, most in the evening; more on Sundays and Mondays than on Fridays and Saturdays.
 */
final class Rhythm {
    private static final double[] BY_HOUR = {
        0.55, 0.32, 0.20, 0.15, 0.14, 0.20, 0.38, 0.65, 0.90, 1.10, 1.20, 1.25, 1.40, 1.35, 1.20, 1.20, 1.25, 1.35,
        1.50, 1.75, 1.95, 1.90, 1.50, 0.95
    };
    /** Monday first. */
    private static final double[] BY_DAY = {1.10, 1.02, 1.00, 0.98, 0.90, 0.88, 1.12};

    private static final double MEAN = mean(BY_HOUR) * mean(BY_DAY);

    private Rhythm() {}

    /** 1 on average over a week. Between two hours it changes evenly. */
    static double at(ZonedDateTime local) {
        int hour = local.getHour();
        double into = (local.getMinute() * 60 + local.getSecond()) / 3600.0;
        double byHour = BY_HOUR[hour] * (1 - into) + BY_HOUR[(hour + 1) % BY_HOUR.length] * into;
        return byHour * BY_DAY[local.getDayOfWeek().getValue() - 1] / MEAN;
    }

    private static double mean(double[] factors) {
        double sum = 0;
        for (double factor : factors) {
            sum += factor;
        }
        return sum / factors.length;
    }
}
