package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Visitors;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
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

/** Times are small numbers of milliseconds. */
class SeriesVisitorsTest {
    private static final long BEGIN = 1_000;
    private static final Settings.Rolling MINUTE =
            new Settings.Rolling(List.of(new Window(60, 10)), List.of(Slices.every(30)), Duration.ofMillis(20));
    private static final Bytes FRANCE = Bytes.wrap("[\"eu\",\"country\",\"fr\"]".getBytes(StandardCharsets.UTF_8));

    interface Action {
        void on(VisitorStory story);
    }

    @Provide
    Arbitrary<Settings.Rolling> settings() {
        Arbitrary<Window> window = Combinators.combine(
                        Arbitraries.of(1L, 2L, 5L, 10L), Arbitraries.longs().between(1, 8))
                .as((slide, slides) -> new Window(slide * slides, slide));
        return Combinators.combine(
                        window.list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(1L, 2L, 5L, 20L)
                                .map(Slices::every)
                                .list()
                                .uniqueElements()
                                .ofMinSize(1)
                                .ofMaxSize(2),
                        Arbitraries.integers().between(0, 25))
                .as((windows, intervals, grace) -> new Settings.Rolling(windows, intervals, Duration.ofMillis(grace)));
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<Action> add = Combinators.combine(
                        Arbitraries.longs().between(0, 90),
                        Arbitraries.longs().between(0, 9).list().ofMinSize(1).ofMaxSize(5))
                .as((agoMs, whos) -> story -> story.add(agoMs % 3 == 0 ? agoMs : agoMs / 10, whos));
        Arbitrary<Action> move = Combinators.combine(
                        Arbitraries.longs().between(1, 40),
                        Arbitraries.longs().between(0, 9).list().ofMaxSize(15))
                .as((byMs, whos) -> story -> story.moveTo(byMs % 4 == 0 ? byMs : byMs / 10, whos));
        return Arbitraries.frequencyOf(
                        Tuple.of(8, add),
                        Tuple.of(4, move),
                        Tuple.of(2, Arbitraries.just(VisitorStory::commit)),
                        Tuple.of(1, Arbitraries.just(VisitorStory::crash)),
                        Tuple.of(1, Arbitraries.just(VisitorStory::forget)))
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 2_000)
    void whoeverComesWhenever_windowsAndOpenIntervals_areARecount_alsoAfterCrashes(
            @ForAll("settings") Settings.Rolling rolling, @ForAll("actions") List<Action> actions) {
        VisitorStory story = new VisitorStory(rolling, BEGIN);

        actions.forEach(action -> action.on(story));
    }

    @Test
    void whatIsStored_isBounded_howeverLongVisitorsCome() {
        VisitorStory story = new VisitorStory(MINUTE, BEGIN);

        for (long who = 1; who < 3_000; who++) {
            story.add(0, List.of(who));
            story.moveTo(1, List.of());
        }

        assertThat(story.entries()).isLessThan(40);
    }

    @Test
    void ofCheckoutsWhoseVisitorsWereNotLookedAt_windowsAreUnknown_untilTheyAreOut() {
        VisitorStore store =
                new VisitorStore(TestStores.inMemory("visitors"), new SlicePlan(MINUTE), OptionalLong.of(1_003));
        SeriesVisitors visitors = new SeriesVisitors(FRANCE, store, SeriesVisitors.NOTHING);
        VisitorHashes.Gathering one = new VisitorHashes.Gathering();
        one.add(7, 7);
        visitors.add(1_010, one.all(), 1_011, 1_011);
        List<RollingSum> oneCheckout = List.of(new RollingSum(new Counts(1, 1, 0), 0));

        assertThat(visitors.inWindows(oneCheckout, 1_050)).containsExactly(Visitors.UNKNOWN);
        assertThat(visitors.inWindows(oneCheckout, 1_070)).containsExactly(new Visitors(1L, 1L));
        assertThat(visitors.inInterval(990, 1_020, 1)).isEqualTo(Visitors.UNKNOWN);

        store.isUnknownBefore(1_020);
        assertThat(visitors.inWindows(oneCheckout, 1_070)).containsExactly(Visitors.UNKNOWN);
    }

    @Test
    void whatIsUnknown_staysSoAfterARestart() {
        KeyValueStore<Bytes, byte[]> entries = TestStores.inMemory("visitors");
        SlicePlan plan = new SlicePlan(MINUTE);
        VisitorStore before = new VisitorStore(entries, plan, OptionalLong.empty());
        before.isUnknownBefore(2_000);
        before.writeBehind();

        assertThat(new VisitorStore(entries, plan, OptionalLong.of(5_000)).sinceMs())
                .isEqualTo(2_000);
    }

    @Test
    void storeThatWasForgottenWhileOff_beginsAnewWhenOn() {
        KeyValueStore<Bytes, byte[]> entries = TestStores.inMemory("visitors");
        byte[] end = threeCheckouts(entries);
        assertThat(TestStores.keys(entries)).hasSize(2);

        VisitorLeftovers.all(entries).deleteSome();

        assertThat(TestStores.keys(entries)).isEmpty();
        VisitorStore after = new VisitorStore(entries, new SlicePlan(MINUTE), OptionalLong.of(1_020), 2, 1, 6);
        assertThat(after.sinceMs()).isEqualTo(1_020);
        SeriesVisitors visitors = new SeriesVisitors(FRANCE, after, end);
        visitors.add(1_030, who(9), 1_031, 1_031);
        assertThat(visitors.inInterval(1_020, 1_080, 1)).isEqualTo(new Visitors(1L, 1L));
    }

    @Test
    void pageThatIsMissing_isUnknown() {
        KeyValueStore<Bytes, byte[]> entries = TestStores.inMemory("visitors");
        byte[] end = threeCheckouts(entries);
        TestStores.keys(entries).stream()
                .filter(key -> !key.equals(VisitorStore.SINCE))
                .forEach(entries::delete);

        VisitorStore after = new VisitorStore(entries, new SlicePlan(MINUTE), OptionalLong.of(1_020), 2, 1, 6);
        SeriesVisitors visitors = new SeriesVisitors(FRANCE, after, end);

        assertThat(visitors.inInterval(960, 1_020, 3)).isEqualTo(Visitors.UNKNOWN);
        visitors.add(1_030, who(9), 1_031, 1_031);
        assertThat(visitors.inInterval(1_020, 1_080, 1)).isEqualTo(new Visitors(1L, 1L));
    }

    /** Without transactions, one store may be written to and the other not when a process is killed. */
    @Test
    void pagesOfATimeThatDidNotLast_arePassedOver() {
        KeyValueStore<Bytes, byte[]> entries = TestStores.inMemory("visitors");
        VisitorStore store = new VisitorStore(entries, new SlicePlan(MINUTE), OptionalLong.empty(), 1, 4, 12);
        store.writeBehind();
        SeriesVisitors lost = new SeriesVisitors(FRANCE, store, SeriesVisitors.NOTHING);
        addAll(lost, 91, 92);
        byte[] end = lost.writeBehind();
        addAll(lost, 93, 94);
        lost.writeBehind();

        SeriesVisitors visitors = new SeriesVisitors(FRANCE, store, end);
        addAll(visitors, 3);
        visitors.writeBehind();
        addAll(visitors, 4);
        end = visitors.writeBehind();
        assertThat(new SeriesVisitors(FRANCE, store, end).inInterval(990, 1_020, 4))
                .as("visitors 91, 92, 3 and 4, one row over another")
                .isEqualTo(new Visitors(4L, 4L));

        SeriesVisitors early = new SeriesVisitors(FRANCE, store, SeriesVisitors.NOTHING);
        addAll(early, 1, 2, 3, 3);
        end = early.writeBehind();
        assertThat(new SeriesVisitors(FRANCE, store, end).inInterval(990, 1_020, 4))
                .as("one row instead of two, of which the second is left over")
                .isEqualTo(new Visitors(3L, 3L));
    }

    private static void addAll(SeriesVisitors visitors, long... whos) {
        for (long who : whos) {
            visitors.add(1_010, who(who), 1_011, 1_011);
        }
    }

    /** In pages of two. */
    private static byte[] threeCheckouts(KeyValueStore<Bytes, byte[]> entries) {
        VisitorStore store = new VisitorStore(entries, new SlicePlan(MINUTE), OptionalLong.empty(), 2, 1, 6);
        SeriesVisitors visitors = new SeriesVisitors(FRANCE, store, SeriesVisitors.NOTHING);
        for (long who : new long[] {6, 7, 8}) {
            visitors.add(1_010, who(who), 1_011, 1_011);
        }
        byte[] end = visitors.writeBehind();
        store.writeBehind();
        return end;
    }

    private static VisitorHashes who(long who) {
        VisitorHashes.Gathering gathering = new VisitorHashes.Gathering();
        gathering.add(who, who);
        return gathering.all();
    }
}
