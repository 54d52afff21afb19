package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class VisitorLeftoversTest {
    private static final SlicePlan PLAN = new SlicePlan(
            new Settings.Rolling(List.of(new Window(60, 10)), List.of(Slices.every(60)), Duration.ofMillis(20)));

    private final KeyValueStore<Bytes, byte[]> entries = TestStores.inMemory("visitors");

    private static Bytes series(int number) {
        return Bytes.wrap(SeriesKey.of(new Series("eu", "country", "c" + number)));
    }

    private VisitorStore counting() {
        return new VisitorStore(entries, PLAN, OptionalLong.empty());
    }

    /** One slice each of so many series. */
    private static void slices(VisitorStore store, int count) {
        for (int i = 0; i < count; i++) {
            store.putSlice(series(i), 0, 0, new byte[] {1});
        }
        store.writeBehind();
    }

    private int left() {
        return TestStores.keys(entries).size();
    }

    private static void commits(int times, VisitorLeftovers leftovers) {
        for (int i = 0; i < times; i++) {
            leftovers.deleteSome();
        }
    }

    @Test
    void whileVisitorsAreNotCounted_eachCommitDeletesSome_untilNothingIsLeft() {
        slices(counting(), 10_000);
        VisitorLeftovers leftovers = VisitorLeftovers.all(entries);

        leftovers.deleteSome();
        assertThat(left()).isBetween(5_000, 9_000);
        commits(4, leftovers);
        assertThat(left()).isZero();
    }

    @Test
    void countedAgain_beforeAllIsDeleted_onlyWhatIsOfThatTimeIsKept_alsoAfterARestart() {
        slices(counting(), 10_000);
        VisitorLeftovers.all(entries).deleteSome();

        VisitorStore again = counting();
        slices(again, 3);
        commits(1, VisitorLeftovers.besides(again.generation(), entries));
        assertThat(left()).isGreaterThan(1_000);
        VisitorStore restarted = counting();
        assertThat(restarted.generation()).isEqualTo(again.generation());
        commits(9, VisitorLeftovers.besides(restarted.generation(), entries));

        assertThat(left()).isEqualTo(3 + 1);
        assertThat(restarted.slice(series(2), 0, 0)).isNotNull();
    }

    /** Its keys began with the series, which is a bracket. */
    @Test
    void whatAnEarlierVersionKept_goes() {
        entries.put(Bytes.wrap("since".getBytes(StandardCharsets.UTF_8)), new byte[] {1});
        for (int i = 0; i < 10; i++) {
            entries.put(series(i), new byte[] {1});
        }

        VisitorStore store = counting();
        slices(store, 2);
        commits(3, VisitorLeftovers.besides(store.generation(), entries));

        assertThat(left()).isEqualTo(2 + 1);
    }
}
