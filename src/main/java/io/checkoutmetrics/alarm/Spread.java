package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/**
 * How far minutes lie from what is expected of them. Counts of independent events have a variance that is their mean. Events
 * that come in clusters have a multiple of it: the {@code clusters}, told by how neighbouring minutes differ. And where the
 * rate itself goes up and down by some share, that is the {@code sway}.
 */
final class Spread {
    private static final double KEPT = StrictMath.exp(-1.0 / (24 * 60)); // of a minute, a minute later
    private static final double TRUST = 120; // minutes before what was seen counts for half
    private static final double CLUSTERS_BEFORE = 1.2;
    private static final double SWAY_BEFORE = 0.07;
    private static final double MOST_CLUSTERS = 25;
    private static final double LEAST_SWAY = 0.02;
    private static final double MOST_SWAY = 0.25;
    /** Squared standard deviations: a minute farther away counts as one there. */
    private static final double FARTHEST = 12;

    private double differences;
    private double sums;
    private double beyondChance;
    private double squares;
    private double minutes;
    private double weight;
    private double before = -1;

    void learn(double actual, double expected) {
        if (before >= 0) {
            double difference = actual - before;
            double sum = actual + before;
            differences = differences * KEPT + Math.min(difference * difference, FARTHEST * clusters() * (sum + 1));
            sums = sums * KEPT + sum;
            minutes = minutes * KEPT + 1;
        }
        before = actual;
        double chance = clusters() * expected;
        double sway = sway();
        double distance = (actual - expected) * (actual - expected);
        double most = FARTHEST * (chance + sway * sway * expected * expected);
        beyondChance = beyondChance * KEPT + Math.min(distance, most) - chance;
        squares = squares * KEPT + expected * expected;
        weight = weight * KEPT + expected / (expected + 100);
    }

    /** Minutes in between were left out: the next has no neighbour. */
    void gap() {
        before = -1;
    }

    /** Variance as a multiple of the mean, 1 or more. */
    double clusters() {
        double seen = sums == 0 ? CLUSTERS_BEFORE : differences / sums;
        double known = sums / (sums + 1) * minutes;
        return Math.min(MOST_CLUSTERS, Math.max(1, (seen * known + CLUSTERS_BEFORE * TRUST) / (known + TRUST)));
    }

    /** Standard deviation of the rate, as a share of it. */
    double sway() {
        double seen = squares == 0 ? SWAY_BEFORE * SWAY_BEFORE : Math.max(0, beyondChance / squares);
        double mixed = (seen * weight + SWAY_BEFORE * SWAY_BEFORE * TRUST) / (weight + TRUST);
        return Math.min(MOST_SWAY, Math.max(LEAST_SWAY, StrictMath.sqrt(mixed)));
    }

    void writeTo(ByteBuffer out) {
        out.putDouble(differences).putDouble(sums).putDouble(beyondChance).putDouble(squares);
        out.putDouble(minutes).putDouble(weight).putDouble(before);
    }

    void readFrom(ByteBuffer in) {
        differences = in.getDouble();
        sums = in.getDouble();
        beyondChance = in.getDouble();
        squares = in.getDouble();
        minutes = in.getDouble();
        weight = in.getDouble();
        before = in.getDouble();
    }
}
