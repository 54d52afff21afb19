package io.checkoutmetrics.alarm;

import java.util.ArrayList;
import java.util.List;

/** What is set up next: each hour against mean and standard deviation of the same hour of the days before. */
final class HourlyScore implements Rule {
    private static final int FEWEST_DAYS = 4;
    private static final double FAR = 3;

    private final List<List<Double>> byHour = new ArrayList<>();
    private double inHour;
    private int said;

    HourlyScore() {
        for (int hour = 0; hour < 24; hour++) {
            byHour.add(new ArrayList<>());
        }
    }

    @Override
    public int take(Step step) {
        inHour += step.checkouts();
        if (step.endMs() % Time.HOUR_MS == 0) {
            List<Double> before = byHour.get((int) (step.startMs() / Time.HOUR_MS % 24));
            said = before.size() < FEWEST_DAYS ? 0 : judge(before);
            before.add(inHour);
            inHour = 0;
        }
        return said;
    }

    private int judge(List<Double> before) {
        double mean = before.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double variance = before.stream()
                .mapToDouble(one -> (one - mean) * (one - mean))
                .average()
                .orElse(0);
        double score = (inHour - mean) / Math.sqrt(Math.max(variance, 1));
        return score < -FAR ? -1 : score > FAR ? 1 : 0;
    }
}
