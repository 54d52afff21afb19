package io.checkoutmetrics.alarm;

/**
 * How much chance is allowed.
 *
 * @param falseAlarmsPerMonth how often in 30 days, on average, each kind of trouble may be found in a series where there is
 *     nothing but chance; 0.0001 to 100
 */
public record Sensitivity(double falseAlarmsPerMonth) {
    private static final double MONTH_SECONDS = 30 * Time.DAY_MS / 1000.0;

    /** Chances come anew about every ten events; where there are next to none, every ten minutes. */
    private static final double EVENTS_OF_A_CHANCE = 10;

    private static final double FEWEST_CHANCES_PER_SECOND = 1 / 600.0;

    public Sensitivity {
        if (!(falseAlarmsPerMonth >= 0.0001 && falseAlarmsPerMonth <= 100)) {
            throw new IllegalArgumentException("0.0001 to 100 false alarms a month: " + falseAlarmsPerMonth);
        }
    }

    /** How much evidence it takes, given how many events per second are usual. */
    double threshold(double eventsPerSecond) {
        return StrictMath.log(chances(eventsPerSecond) / falseAlarmsPerMonth);
    }

    /** 1 less how often in a month chance alone would bring so much evidence. */
    double confidence(double evidence, double eventsPerSecond) {
        return Math.max(0, 1 - chances(eventsPerSecond) * StrictMath.exp(-evidence));
    }

    private static double chances(double eventsPerSecond) {
        return MONTH_SECONDS * Math.max(eventsPerSecond / EVENTS_OF_A_CHANCE, FEWEST_CHANCES_PER_SECOND);
    }
}
