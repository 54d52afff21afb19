package io.checkoutmetrics.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle one of several figures. */
final class Median {
    private Median() {}

    static <T> double of(List<T> from, ToDoubleFunction<T> figure) {
        double[] sorted = from.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
