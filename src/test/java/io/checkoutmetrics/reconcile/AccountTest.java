package io.checkoutmetrics.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.checkoutmetrics.metric.Series;
import org.junit.jupiter.api.Test;

/** What a difference is put down to. */
class AccountTest {
    private final Amounts amounts = new Amounts();

    private AccountTest with(Column column, long amount) {
        amounts.add(column, amount);
        return this;
    }

    private Account account() {
        return new Account(Series.total("eu"), 0, 60_000, amounts);
    }

    @Test
    void equalSides_needNoExplanation_whateverTheFeedLeavesOut() {
        with(Column.IN_FEED, 20).with(Column.EXCLUDED, 3).with(Column.LATE, 2).with(Column.REFUSED, 1);
        with(Column.COUNTED, 10).with(Column.PUBLISHED, 10);
        assertThat(account().isEqual()).isTrue();
        assertThat(account().duplicates()).isEqualTo(4);
        assertThat(account().explained()).isEmpty();
    }

    @Test
    void moreFinals_arePutDownToWhatTheFeedLeavesOut_andTheRestIsOnlyHere() {
        with(Column.IN_FEED, 16).with(Column.EXCLUDED, 3).with(Column.LATE, 2);
        with(Column.COUNTED, 10).with(Column.PUBLISHED, 20);
        assertThat(account().explained())
                .containsExactly(
                        entry(Kind.EXCLUDED, 3L),
                        entry(Kind.LATE, 2L),
                        entry(Kind.DUPLICATE, 1L),
                        entry(Kind.ONLY_HERE, 4L));
    }

    @Test
    void noMoreIsExplainedThanDiffers() {
        with(Column.IN_FEED, 16)
                .with(Column.EXCLUDED, 6)
                .with(Column.COUNTED, 10)
                .with(Column.PUBLISHED, 12);
        assertThat(account().explained()).containsExactly(entry(Kind.EXCLUDED, 2L));
    }

    @Test
    void fewerFinals_arePutDownToWhatCameTooLateForTheJob_andTheRestIsMissing() {
        with(Column.IN_FEED, 10)
                .with(Column.COUNTED, 10)
                .with(Column.PUBLISHED, 5)
                .with(Column.LATE_TO_JOB, 3);
        assertThat(account().difference()).isEqualTo(-5);
        assertThat(account().explained()).containsExactly(entry(Kind.LATE, 3L), entry(Kind.MISSING, 2L));
    }

    @Test
    void whatIsLateOnBothSides_explainsNothing() {
        with(Column.IN_FEED, 14).with(Column.LATE, 4).with(Column.LATE_TO_JOB, 4);
        with(Column.COUNTED, 10).with(Column.PUBLISHED, 9);
        assertThat(account().explained()).containsExactly(entry(Kind.MISSING, 1L));
    }

    @Test
    void otherIncrements_differ_thoughCheckoutsAgree() {
        with(Column.COUNTED, 1).with(Column.PUBLISHED, 1).with(Column.COUNTED_INCREMENTS, 3);
        with(Column.PUBLISHED_INCREMENTS, 2);
        assertThat(account().isEqual()).isFalse();
        assertThat(account().incrementsDifference()).isEqualTo(-1);
    }
}
