package io.checkoutmetrics.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommonClockTest {
    @Test
    void clockThatIsAhead_doesNotPushTheCommonOne() {
        CommonClock clock = new CommonClock(2, 5_000);
        assertThat(clock.hear(0, 1_000)).isEqualTo(1_000);
        assertThat(clock.hear(1, 90_000)).isEqualTo(1_000);
        assertThat(clock.hear(1, 90_250)).isEqualTo(1_250);
        assertThat(clock.hear(0, 1_100)).isEqualTo(1_250);
        assertThat(clock.hear(0, 1_400)).isEqualTo(1_400);
    }

    @Test
    void sourceThatFallsSilent_leavesTheClockToTheOthers() {
        CommonClock clock = new CommonClock(2, 5_000);
        clock.hear(0, 50_000);
        clock.hear(1, 1_000);
        assertThat(clock.hear(1, 4_000)).isEqualTo(53_000);
    }

    @Test
    void sourceThatLeapsAhead_becauseItMovedOrNobodyWasThere_doesNotCount() {
        CommonClock clock = new CommonClock(2, 5_000);
        clock.hear(0, 1_000);
        assertThat(clock.hear(0, 3_601_000)).isEqualTo(1_000);
        assertThat(clock.hear(0, 3_602_000)).isEqualTo(2_000);
        clock.hear(1, 3_602_000);
        assertThat(clock.hear(1, 3_603_000)).isEqualTo(3_000);
    }

    @Test
    void clockThatIsSetBack_goesOnFromWhereTheCommonOneStands() {
        CommonClock clock = new CommonClock(1, 5_000);
        clock.hear(0, 10_000);
        assertThat(clock.hear(0, 2_000)).isEqualTo(10_000);
        assertThat(clock.hear(0, 2_500)).isEqualTo(10_500);
    }
}
