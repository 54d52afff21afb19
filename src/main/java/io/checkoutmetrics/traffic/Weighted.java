package io.checkoutmetrics.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Things of which some are drawn more often than others. */
final class Weighted<T> {
    private final List<T> things = new ArrayList<>();
    private final List<Double> upTo = new ArrayList<>();
    private double total;

    /** One thing, drawn always until others come in. */
    static <T> Weighted<T> of(T thing, double weight) {
        return new Weighted<T>().or(thing, weight);
    }

    /** Adds a thing; of two, the one with twice the weight is drawn twice as often. */
    Weighted<T> or(T thing, double weight) {
        total += weight;
        things.add(thing);
        upTo.add(total);
        return this;
    }

    T draw(RandomGenerator random) {
        double at = random.nextDouble() * total;
        for (int i = 0; i < things.size() - 1; i++) {
            if (at < upTo.get(i)) {
                return things.get(i);
            }
        }
        return things.get(things.size() - 1);
    }
}
