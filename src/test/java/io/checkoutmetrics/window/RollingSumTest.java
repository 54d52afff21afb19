package io.checkoutmetrics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RollingSumTest {
    private static final Counts TWO = new Counts(2, 5, 9);

    @Test
    void slice_goesThroughTheWindow_thenThroughTheOneBefore_thenIsForgotten() {
        RollingSum inside = RollingSum.ZERO.entered(TWO);
        assertThat(inside).isEqualTo(new RollingSum(TWO, 0));
        RollingSum before = inside.left(TWO);
        assertThat(before).isEqualTo(new RollingSum(Counts.NONE, 2));
        assertThat(before.forgot(TWO)).isEqualTo(RollingSum.ZERO);
    }

    @Test
    void lateCount_changesOnlyThePlaceItFellInto() {
        RollingSum sum = new RollingSum(TWO, 7);
        Counts late = Counts.ofCheckout(4);
        assertThat(sum.corrected(Window.Place.CURRENT, late)).isEqualTo(new RollingSum(new Counts(3, 9, 9), 7));
        assertThat(sum.corrected(Window.Place.PREVIOUS, late)).isEqualTo(new RollingSum(TWO, 8));
        assertThat(sum.corrected(Window.Place.AHEAD, late)).isEqualTo(sum);
        assertThat(sum.corrected(Window.Place.PAST, late)).isEqualTo(sum);
    }

    @Test
    void sum_isZeroOnlyWithNothingInTheWindow_andNothingInTheOneBefore() {
        assertThat(RollingSum.ZERO.isZero()).isTrue();
        assertThat(new RollingSum(Counts.NONE, 1).isZero()).isFalse();
        assertThat(new RollingSum(Counts.ofHits(1), 0).isZero()).isFalse();
    }

    @Provide
    Arbitrary<Counts> counts() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 5);
        return Combinators.combine(few, few, few).as(Counts::new);
    }

    record Late(int afterStep, int slice, Counts counts) {}

    @Provide
    Arbitrary<Late> late() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(0, 40),
                        counts())
                .as(Late::new);
    }

    /**
     * Slice {@code n} is {@code [n, n + 1)}; the window is driven from end 0 to beyond the last slice, late counts in
     * between.
     */
    @Property
    void drivenSliceBySlice_isAtEveryStepTheBruteForceSumOfBothWindows(
            @ForAll @IntRange(min = 1, max = 8) int size,
            @ForAll @Size(max = 30) List<@From("counts") Counts> arriving,
            @ForAll @Size(max = 8) List<@From("late") Late> lateOnes) {
        Window window = new Window(size, 1);
        Map<Integer, Counts> all = new TreeMap<>();
        for (int i = 0; i < arriving.size(); i++) {
            all.put(i, arriving.get(i));
        }
        RollingSum sum = RollingSum.ZERO;
        for (int end = 1; end <= arriving.size() + 2 * size + 1; end++) {
            sum = sum.entered(all.getOrDefault(end - 1, Counts.NONE))
                    .left(all.getOrDefault(end - 1 - size, Counts.NONE))
                    .forgot(all.getOrDefault(end - 1 - 2 * size, Counts.NONE));
            assertThat(sum).isEqualTo(bruteForce(all, end, size));
            for (Late late : lateOnes) {
                if (late.afterStep == end) {
                    all.merge(late.slice, late.counts, Counts::plus);
                    sum = sum.corrected(window.placeOf(late.slice, end), late.counts);
                    assertThat(sum).isEqualTo(bruteForce(all, end, size));
                }
            }
        }
    }

    private static RollingSum bruteForce(Map<Integer, Counts> all, int end, int size) {
        Counts current = Counts.NONE;
        long previous = 0;
        for (Map.Entry<Integer, Counts> slice : all.entrySet()) {
            int start = slice.getKey();
            if (start >= end - size && start < end) {
                current = current.plus(slice.getValue());
            } else if (start >= end - 2 * size && start < end - size) {
                previous += slice.getValue().checkouts();
            }
        }
        return new RollingSum(current, previous);
    }
}
