package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputEndsTest {
    private final InputEnds ends = new InputEnds();

    @Test
    void nothingIsKnown_untilAnEndWasNamed() {
        assertThat(ends.quietUntilMs()).isEmpty();
        assertThat(ends.waitingForMs(1_000)).isEmpty();
    }

    @Test
    void partitionIsQuiet_onlyIfTheNewestEndIsReached() {
        ends.named(10, 1_000);
        ends.named(20, 1_250);
        ends.named(30, 1_500);
        ends.look(end -> end <= 20);
        assertThat(ends.quietUntilMs()).isEmpty();
        assertThat(ends.waitingForMs(1_750)).as("since the end at 30 was named").hasValue(250);
        ends.look(end -> true);
        assertThat(ends.quietUntilMs()).hasValue(1_500);
        assertThat(ends.waitingForMs(9_000)).hasValue(0);
    }

    @Test
    void endThatIsOutOfReachAgain_afterAFailure_waitsAgain() {
        ends.named(10, 1_000);
        ends.look(end -> true);
        ends.look(end -> false);
        assertThat(ends.quietUntilMs()).isEmpty();
        assertThat(ends.waitingForMs(4_000)).hasValue(3_000);
    }

    @Test
    void backlogOfHours_keepsTheOldestEnd_andTheNewest() {
        for (int i = 0; i < 100_000; i++) {
            ends.named(i, i);
        }
        ends.look(end -> end < 1);
        ends.look(end -> false);
        assertThat(ends.waitingForMs(100_000)).hasValue(100_000);
        ends.named(100_000, 100_000);
        ends.look(end -> true);
        assertThat(ends.quietUntilMs()).hasValue(100_000);
    }

    @Test
    void logThatIsCutBack_takesTheEndsBehindItAlong() {
        ends.named(1_000, 1_000);
        ends.named(900, 1_250);
        ends.look(end -> end <= 900);
        assertThat(ends.quietUntilMs()).hasValue(1_250);
    }

    @Test
    void brokerThatWasAway_isBackSinceItNamedAnEndAgain() {
        assertThat(ends.namedAgainAtMs()).isEmpty();
        ends.named(10, 1_000);
        ends.named(10, 5_900);
        assertThat(ends.namedAgainAtMs()).hasValue(1_000);

        ends.named(10, 605_900);
        ends.named(12, 606_100);

        assertThat(ends.namedAgainAtMs()).hasValue(605_900);
    }

    @Test
    void clockThatIsSetBack_keepsNobodyWaiting() {
        ends.named(10, 1_000);
        ends.named(10, 3_601_000);
        ends.named(10, 1_500);
        assertThat(ends.namedAgainAtMs()).hasValue(1_500);
    }
}
