package io.checkoutmetrics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlicesTest {
    @Test
    void floor_isTheStartOfTheSliceThatHoldsTheTime_alsoBeforeTheEpoch() {
        assertThat(Slices.floor(0, 10)).isZero();
        assertThat(Slices.floor(9, 10)).isZero();
        assertThat(Slices.floor(10, 10)).isEqualTo(10);
        assertThat(Slices.floor(-1, 10)).isEqualTo(-10);
        assertThat(Slices.floor(-10, 10)).isEqualTo(-10);
    }

    @Test
    void ceil_isTheFirstBoundAtOrAfterTheTime() {
        assertThat(Slices.ceil(0, 10)).isZero();
        assertThat(Slices.ceil(1, 10)).isEqualTo(10);
        assertThat(Slices.ceil(10, 10)).isEqualTo(10);
        assertThat(Slices.ceil(-1, 10)).isZero();
    }

    @Test
    void commonWidth_isTheGreatestCommonDivisor() {
        assertThat(Slices.commonWidth(LongStream.of(60_000))).isEqualTo(60_000);
        assertThat(Slices.commonWidth(LongStream.of(1_000, 5_000, 60_000, 600_000)))
                .isEqualTo(1_000);
        assertThat(Slices.commonWidth(LongStream.of(1_500, 1_000))).isEqualTo(500);
    }

    @Property
    void floorAndCeil_encloseTheTime_withinOneWidth(
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 4_102_444_800_000L) long time,
            @ForAll @LongRange(min = 1, max = 100_000_000) long width) {
        long floor = Slices.floor(time, width);
        long ceil = Slices.ceil(time, width);
        assertThat(floor).isLessThanOrEqualTo(time).isGreaterThan(time - width);
        assertThat(ceil).isGreaterThanOrEqualTo(time).isLessThan(time + width);
        assertThat(floor % width).isZero();
        assertThat(ceil - floor).isIn(0L, width);
    }

    @Property
    void commonWidth_tilesEveryLength_andNoWiderOneDoes(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 500) Integer> lengths) {
        long naive = 1;
        for (int width = 1; width <= 500; width++) {
            int candidate = width;
            if (lengths.stream().allMatch(length -> length % candidate == 0)) {
                naive = width;
            }
        }
        assertThat(Slices.commonWidth(lengths.stream().mapToLong(Integer::longValue)))
                .isEqualTo(naive);
    }
}
