package io.checkoutmetrics.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapsTest {
    private final Gaps gaps = new Gaps(List.of("eu", "us"));

    @Test
    void gapThatBeganBeforeTheFault_isMeasuredFromItsBeginning() {
        news("eu", 1, 2, 6, 7);
        news("us", 1, 2, 3, 4, 5, 6, 7);

        assertThat(longest(3, 7)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void gapOutsideOfWhatIsAsked_isNone() {
        news("eu", 1, 20, 21, 22, 40);
        news("us", 1, 20, 21, 22, 40);

        assertThat(longest(20, 22)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void suiteWithoutNews_isAGapThatLasts() {
        news("eu", 1, 2, 3, 4, 5, 6);
        news("us", 1, 2);

        assertThat(longest(1, 9)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void totalThatIsRepeated_endsNoGap() {
        news("eu", 1, 5);
        news("us", 1, 2, 3, 4, 5);
        gaps.came("eu", Instant.ofEpochSecond(5), nanos(6));
        gaps.came("eu", Instant.ofEpochSecond(8), nanos(8));
        gaps.came("us", Instant.ofEpochSecond(8), nanos(7));

        assertThat(longest(5, 8)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void newsOfTheLastSuite_endTheWait() {
        news("eu", 1, 5, 6);
        news("us", 1, 7);

        assertThat(gaps.untilNews(nanos(3), nanos(9))).isEqualTo(Duration.ofSeconds(4));
        assertThat(gaps.untilNews(nanos(7), nanos(9))).isEqualTo(Duration.ofSeconds(2));
    }

    private void news(String suite, int... seconds) {
        for (int second : seconds) {
            gaps.came(suite, Instant.ofEpochSecond(second), nanos(second));
        }
    }

    private Duration longest(int fromSecond, int toSecond) {
        return gaps.longest(nanos(fromSecond), nanos(toSecond));
    }

    private static long nanos(int second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
