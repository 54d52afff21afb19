package io.checkoutmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.metric.Series;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the page keeps is bounded, whatever is published. */
class BoundsTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final Board board = new Board(new SettingsSource().read(), new MutableClock());

    private void put(Series series, long checkouts) {
        board.rolling(
                series,
                PublishedPage.record(
                        series, Status.EARLY, NOW, NOW, new long[] {0, 0, 0, checkouts}, new long[] {1, 1, 1, 1}));
    }

    private TopItems countries(String suite) {
        return Objects.requireNonNull(board.<@Nullable TopItems>look(
                suites -> Objects.requireNonNull(suites.get(suite)).dimensions().get("country")));
    }

    @Test
    void ofTooManyItems_thoseWithFewestCheckoutsAreForgotten() {
        for (int i = 0; i <= TopItems.MOST; i++) {
            put(new Series("eu", "country", "c" + i), i);
        }
        TopItems kept = countries("eu");
        assertThat(kept.size()).isLessThanOrEqualTo(TopItems.MOST);
        assertThat(kept.hasForgotten()).isTrue();
        assertThat(kept.has("c0")).isFalse();
        assertThat(kept.top(3, 2).stream().map(CheckoutMetrics::getItem)).containsExactly("c10000", "c9999");
    }

    @Test
    void overAllSuites_itemsAreBounded_andEachHasItsTopOnes_whicheverCameFirst() {
        for (int suite = 0; suite < 8; suite++) {
            for (int i = 1; i <= 9_000; i++) {
                put(new Series("s" + suite, "country", "c" + i), i);
            }
        }
        put(new Series("late", "country", "only"), 1);
        assertThat(IntStream.range(0, 8)
                        .map(suite -> countries("s" + suite).size())
                        .sum())
                .isBetween(Board.MOST_ITEMS * 8 / 10, Board.MOST_ITEMS - 1);
        for (int suite = 0; suite < 8; suite++) {
            TopItems kept = countries("s" + suite);
            assertThat(kept.hasForgotten()).as("s" + suite).isTrue();
            assertThat(kept.top(3, 2).stream().map(CheckoutMetrics::getItem)).containsExactly("c9000", "c8999");
        }
        assertThat(countries("late").has("only")).isTrue();
        assertThat(countries("late").hasForgotten()).isFalse();
    }

    @Test
    void itemThatIsGone_makesRoom() {
        put(new Series("eu", "country", "fr"), 5);
        board.rolling(new Series("eu", "country", "fr"), null);
        assertThat(countries("eu").size()).isZero();
    }

    @Test
    void tooManyReportSuites_areLeftOut_andThatIsTold() {
        for (int i = 0; i < Board.MOST_SUITES + 3; i++) {
            put(Series.total("s" + i), 5);
        }
        assertThat(board.<Integer>look(suites -> suites.size())).isEqualTo(Board.MOST_SUITES);
        assertThat(board.leftOut()).isEqualTo(3);
    }
}
