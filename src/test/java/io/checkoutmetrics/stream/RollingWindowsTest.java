package io.checkoutmetrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/**
 * Rolling windows against a recount of everything added. Times are small numbers of milliseconds after {@link #BEGIN}.
 */
class RollingWindowsTest {
    private static final long BEGIN = 10_000;
    private static final Settings.Rolling MINUTE =
            new Settings.Rolling(List.of(new Window(60, 10)), List.of(Slices.every(60)), Duration.ofMillis(20));

    interface Action {
        void on(RollingStory story);
    }

    @Provide
    Arbitrary<Settings.Rolling> settings() {
        Arbitrary<Window> window = Combinators.combine(
                        Arbitraries.of(1L, 2L, 3L, 4L, 6L, 10L),
                        Arbitraries.longs().between(1, 6))
                .as((slide, slides) -> new Window(slide * slides, slide));
        return Combinators.combine(
                        window.list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(1L, 2L, 5L, 12L)
                                .map(Slices::every)
                                .list()
                                .ofSize(1),
                        Arbitraries.integers().between(0, 40))
                .as((windows, intervals, grace) -> new Settings.Rolling(windows, intervals, Duration.ofMillis(grace)));
    }

    /** Counts come mostly about now, some long ago, some ahead: a shard may be further than the slowest. */
    @Provide
    Arbitrary<Action> action(@ForAll("settings") Settings.Rolling rolling) {
        Arbitrary<Action> add = Combinators.combine(
                        Arbitraries.of("fr", "de", "it", "es"),
                        Arbitraries.integers().between(-90, 25),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.longs().between(0, 2))
                .as((item, after, checkouts, hits) -> story -> {
                    long timeMs = Math.max(0, story.asOfMs().orElse(BEGIN) + after);
                    story.add(
                            item, Slices.floor(timeMs, rolling.sliceMs()), new Counts(checkouts, 2 * checkouts, hits));
                });
        Arbitrary<Action> move = Combinators.combine(
                        Arbitraries.integers().between(1, 150), Arbitraries.of(true, false))
                .as((by, tell) -> story -> story.moveTo(story.asOfMs().orElse(BEGIN) + by, tell));
        return Arbitraries.frequencyOf(
                Tuple.of(4, add),
                Tuple.of(2, move),
                Tuple.of(2, portions(rolling)),
                Tuple.of(1, Arbitraries.just(RollingStory::restart)));
    }

    /** Between the portions of a move the process may end, and counts come of any series. */
    private static Arbitrary<Action> portions(Settings.Rolling rolling) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 150),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of("fr", "de", "it", "es"),
                        Arbitraries.integers().between(-90, 25),
                        Arbitraries.of(true, false))
                .as((by, portion, item, after, restarts) ->
                        story -> story.moveTo(story.asOfMs().orElse(BEGIN) + by, true, portion, () -> {
                            if (restarts) {
                                story.restart();
                            }
                            long timeMs = Math.max(0, story.asOfMs().orElseThrow() + after);
                            story.add(item, Slices.floor(timeMs, rolling.sliceMs()), Counts.ofCheckout(1));
                        }));
    }

    @Provide
    Arbitrary<Tuple.Tuple2<Settings.Rolling, List<Action>>> stories() {
        return settings()
                .flatMap(rolling -> action(rolling).list().ofMaxSize(25).map(actions -> Tuple.of(rolling, actions)));
    }

    @Property(tries = 600)
    void whateverComesWhenever_sumsAndWhatIsToldOfThemAreARecount_alsoAcrossRestarts(
            @ForAll("stories") Tuple.Tuple2<Settings.Rolling, List<Action>> story) {
        RollingStory told = new RollingStory(story.get1());
        story.get2().forEach(action -> action.on(told));
        long end = told.asOfMs().orElse(BEGIN) + 1_000;
        told.moveTo(end, true);
        told.moveTo(end + 1_000, true);
        assertThat(told.slicesLeft()).as("slices once all is past").isZero();
    }

    @Test
    void countAheadOfTheWindow_waitsUntilTheWindowReachesIt() {
        RollingStory story = new RollingStory(MINUTE);
        story.moveTo(BEGIN, true);
        story.add("fr", BEGIN + 20, Counts.ofCheckout(1));
        story.moveTo(BEGIN + 10, true);
        story.moveTo(BEGIN + 25, true);
        story.moveTo(BEGIN + 200, true);
    }

    @Test
    void longSilence_isCrossedInStopsAtWhichSomethingChanges_notSlideBySlide() {
        KeyValueStore<Bytes, byte[]> entries = TestStores.inMemory("series");
        SlicePlan plan = new SlicePlan(MINUTE);
        SeriesStore series = new SeriesStore(entries, MINUTE, plan, 100);
        RollingWindows windows = windows(plan, series);
        windows.begin(BEGIN);
        windows.moveTo(BEGIN, () -> true);
        assertThat(windows.nextStop(BEGIN + 1_000_000)).isEmpty();
        Bytes key = Bytes.wrap("[\"eu\"]".getBytes(UTF_8));
        windows.add(
                key,
                new SeriesCounts(
                        List.of(new SeriesCounts.SliceCounts(BEGIN + 500, Counts.ofCheckout(1), BEGIN + 500))));
        long far = BEGIN + 1_000_000;
        for (long expected : new long[] {BEGIN + 510, BEGIN + 570, BEGIN + 630}) {
            assertThat(windows.nextStop(far)).hasValue(expected);
            windows.moveTo(expected, () -> true);
            windows.drainChanged(() -> true, changed -> {});
        }
        assertThat(windows.nextStop(far)).isEmpty();
    }

    @Test
    void seriesLeftOver_comeBeforeThoseThatChangeAgainMeanwhile() {
        SlicePlan plan = new SlicePlan(MINUTE);
        SeriesStore series = new SeriesStore(TestStores.inMemory("series"), MINUTE, plan, 100);
        RollingWindows windows = windows(plan, series);
        windows.begin(BEGIN);
        for (String name : new String[] {"a", "b", "c", "d"}) {
            change(windows, name);
        }
        List<String> given = new ArrayList<>();
        windows.drainChanged(RollingStory.portionOf(2), key -> given.add(key.toString()));
        change(windows, "a");
        windows.drainChanged(RollingStory.portionOf(2), key -> given.add(key.toString()));
        windows.drainChanged(RollingStory.portionOf(2), key -> given.add(key.toString()));
        assertThat(given).containsExactly("[a", "[b", "[c", "[d", "[a");
    }

    private static RollingWindows windows(SlicePlan plan, SeriesStore series) {
        return new RollingWindows(
                plan, series, TestStores.inMemory("agenda"), 100, (closed, startMs, endMs, counts) -> {});
    }

    private static void change(RollingWindows windows, String name) {
        windows.add(
                Bytes.wrap(("[" + name).getBytes(UTF_8)),
                new SeriesCounts(List.of(new SeriesCounts.SliceCounts(BEGIN - 10, Counts.ofCheckout(1), BEGIN - 10))));
    }

    @Test
    void beginningOfTime_isKept_alsoIfARestartComesBeforeTimeMoves() {
        SlicePlan plan = new SlicePlan(MINUTE);
        KeyValueStore<Bytes, byte[]> entries = TestStores.inMemory("series");
        SeriesStore series = new SeriesStore(entries, MINUTE, plan, 100);
        windows(plan, series).begin(BEGIN);
        series.writeBehind();
        assertThat(windows(plan, new SeriesStore(entries, MINUTE, plan, 100)).asOfMs())
                .hasValue(BEGIN);
    }

    @Test
    void storedSumsOfOtherWindows_areRefused_namingBoth() {
        KeyValueStore<Bytes, byte[]> entries = TestStores.inMemory("series");
        assertThat(new SeriesStore(entries, MINUTE, new SlicePlan(MINUTE), 100).asOfMs())
                .isEmpty();
        Settings.Rolling other =
                new Settings.Rolling(List.of(new Window(120, 10)), List.of(Slices.every(60)), Duration.ZERO);
        assertThatThrownBy(() -> new SeriesStore(entries, other, new SlicePlan(other), 100))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("60/10")
                .hasMessageContaining("120/10")
                .hasMessageContaining("application.id");
    }
}
