package io.checkoutmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.metric.Series;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
    void overAllSuites_itemsAreBounded_andThoseThatAreKnownStayFresh() {
        for (int suite = 0; suite < 8; suite++) {
            for (int i = 0; i < 9_000; i++) {
                put(new Series("s" + suite, "country", "c" + i), 5);
            }
        }
        put(new Series("s0", "country", "c1"), 77);
        assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 7).stream()
                        .mapToInt(suite -> countries("s" + suite).size())
                        .sum())
                .isEqualTo(Board.MOST_ITEMS);
        assertThat(countries("s7").hasForgotten()).isTrue();
        assertThat(countries("s0").top(3, 1).get(0).getItem()).isEqualTo("c1");
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
