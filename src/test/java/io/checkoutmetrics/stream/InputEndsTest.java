package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputEndsTest {
    private final InputEnds ends = new InputEnds();

    @Test
    void endThatIsReached_tellsTheMomentItWasAsked_andTheNextOneWaits() {
        ends.named(10, 1_000);
        ends.named(20, 1_250);
        ends.named(30, 1_500);
        ends.look(end -> end <= 20);
        assertThat(ends.reachedAtMs()).hasValue(1_250);
        assertThat(ends.unreachedSinceMs()).hasValue(1_500);
        ends.look(end -> true);
        assertThat(ends.reachedAtMs()).hasValue(1_500);
        assertThat(ends.unreachedSinceMs()).isEmpty();
    }

    @Test
    void endThatIsOutOfReachAgain_afterAFailure_waitsAgain() {
        ends.named(10, 1_000);
        ends.look(end -> true);
        ends.look(end -> false);
        assertThat(ends.reachedAtMs()).isEmpty();
        assertThat(ends.unreachedSinceMs()).hasValue(1_000);
    }

    @Test
    void backlogOfHours_keepsTheOldestEnd_andTheNewest() {
        for (int i = 0; i < 100_000; i++) {
            ends.named(i, i);
        }
        ends.look(end -> end < 1);
        assertThat(ends.reachedAtMs()).hasValue(0);
        assertThat(ends.unreachedSinceMs()).hasValue(1);
        ends.look(end -> true);
        assertThat(ends.reachedAtMs()).hasValue(99_999);
    }
}
