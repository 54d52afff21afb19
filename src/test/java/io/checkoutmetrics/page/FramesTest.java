package io.checkoutmetrics.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.MutableClock;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.metric.Series;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Events are made once, whoever reads them. */
class FramesTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final MutableClock clock = new MutableClock();
    private final Board board = new Board(new SettingsSource().read(), clock);
    private final Frames frames = new Frames(board, BoardJson::object, clock);

    private void total(String suite, long checkouts) {
        board.rolling(
                Series.total(suite),
                PublishedPage.record(
                        Series.total(suite),
                        Status.EARLY,
                        NOW,
                        NOW,
                        new long[] {checkouts, checkouts, checkouts, checkouts},
                        new long[] {9, 9, 9, 9}));
        frames.beat();
    }

    private static String text(Frames.Event event) {
        return new String(event.bytes(), UTF_8);
    }

    @Test
    void readersThatSawTheSame_getTheVerySameBytes() {
        total("eu", 1);
        Frames.Event snapshot = frames.event(Frames.NONE);
        assertThat(frames.event(Frames.NONE).bytes()).isSameAs(snapshot.bytes());
        total("us", 2);
        Frames.Event update = frames.event(snapshot.beat());
        assertThat(text(update))
                .startsWith("event: update\n")
                .contains("\"us\"")
                .doesNotContain("\"eu\"");
        assertThat(frames.event(snapshot.beat()).bytes()).isSameAs(update.bytes());
        assertThat(text(frames.event(Frames.NONE)))
                .startsWith("event: snapshot\n")
                .contains("\"us\"", "\"eu\"");
    }

    @Test
    void readerThatHeardASignOfLife_getsWhatOthersGet_whenThereIsNews() {
        total("eu", 1);
        Frames.Event early = frames.event(Frames.NONE);
        frames.beat();
        frames.beat();
        assertThat(frames.hasNews(early.beat())).isFalse();
        Frames.Event signOfLife = frames.event(early.beat());
        assertThat(text(signOfLife)).contains("\"suites\":[]");
        total("eu", 2);
        assertThat(frames.hasNews(signOfLife.beat())).isTrue();
        assertThat(frames.event(signOfLife.beat()).bytes())
                .isSameAs(frames.event(early.beat()).bytes());
    }

    @Test
    void emptyBoard_isTold_once() {
        frames.beat();
        Frames.Event nothing = frames.event(Frames.NONE);
        assertThat(text(nothing)).startsWith("event: snapshot\n").contains("\"suites\":[]");
        frames.beat();
        assertThat(frames.hasNews(nothing.beat())).isFalse();
    }

    @Test
    void eventThatIsSentLater_isOfThatTime() {
        total("eu", 1);
        String first = text(frames.event(Frames.NONE));
        clock.move(Duration.ofMinutes(1));
        frames.beat();
        assertThat(text(frames.event(Frames.NONE))).isNotEqualTo(first);
    }
}
