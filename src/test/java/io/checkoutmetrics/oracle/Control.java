package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A kind of error that can be planted in an output that is right, at many a place: an audit must find it at each. What
 * no control plants, an audit may overlook.
 *
 * @param kind what is wrong then, in words
 */
record Control<T>(String kind, Fault<T> fault) {
    private static final int MOST_PLACES = 40;

    interface Fault<T> {
        /** Makes the output wrong at a place. False: this cannot go wrong there. */
        boolean plant(List<T> output, int place);
    }

    /** An error that is possible everywhere. */
    static <T> Control<T> of(String kind, ObjIntConsumer<List<T>> fault) {
        return new Control<>(kind, (output, place) -> {
            fault.accept(output, place);
            return true;
        });
    }

    /** An error in one record, where it is so. */
    static <T> Control<T> where(Predicate<T> possible, String kind, Consumer<T> fault) {
        return new Control<>(kind, (output, place) -> {
            boolean planted = possible.test(output.get(place));
            if (planted) {
                fault.accept(output.get(place));
            }
            return planted;
        });
    }

    /** Plants the error at all places, or at some if there are many, one at a time. */
    void assertFound(List<T> right, UnaryOperator<T> copy, Function<List<T>, List<String>> audit) {
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, right.size()).boxed().toList());
        Collections.shuffle(places, new Random(kind.hashCode()));
        int planted = 0;
        for (int place : places) {
            List<T> output = new ArrayList<>();
            right.forEach(record -> output.add(copy.apply(record)));
            if (fault.plant(output, place)) {
                assertThat(audit.apply(output))
                        .as("%s: %s", kind, right.get(place))
                        .isNotEmpty();
                planted++;
            }
            if (planted == MOST_PLACES) {
                return;
            }
        }
        assertThat(planted).as("places for %s", kind).isPositive();
    }

    @Override
    public String toString() {
        return kind;
    }
}
