package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Drives rolling windows the way the third stage does, and holds them to a recount of everything ever added. It also
 * plays the subscriber, who knows of a series only what was told when it was among the changed ones.
 */
final class RollingStory {
    private static final RollingWindows.ClosedTaker IGNORED = (key, startMs, endMs, counts) -> {};

    /** Fewer than there are series, so that they come and go. */
    private static final int IN_MEMORY = 1;

    private static final int ON_HEAP = 2;

    private record Added(Bytes series, long timeMs, Counts counts) {}

    private final Settings.Rolling rolling;
    private final SlicePlan plan;
    private final KeyValueStore<Bytes, byte[]> seriesEntries = TestStores.inMemory("series");
    private final KeyValueStore<Bytes, byte[]> index = TestStores.inMemory("agenda");
    private final List<Added> all = new ArrayList<>();
    private final Map<Bytes, List<RollingSum>> told = new HashMap<>();
    private SeriesStore series;
    private RollingWindows windows;

    RollingStory(Settings.Rolling rolling) {
        this.rolling = rolling;
        plan = new SlicePlan(rolling);
        series = new SeriesStore(seriesEntries, rolling, plan, IN_MEMORY);
        windows = new RollingWindows(plan, series, index, ON_HEAP, IGNORED);
    }

    /** A new process opens the stores of the one before. */
    void restart() {
        series.writeBehind();
        series = new SeriesStore(seriesEntries, rolling, plan, IN_MEMORY);
        windows = new RollingWindows(plan, series, index, ON_HEAP, IGNORED);
    }

    OptionalLong asOfMs() {
        return windows.asOfMs();
    }

    int slicesLeft() {
        series.writeBehind();
        List<Integer> sizes = new ArrayList<>();
        series.forEachStored(left -> sizes.add(left.slices().size()));
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    void add(String item, long startMs, Counts counts) {
        Bytes key = Bytes.wrap(SeriesKey.of(new Series("eu", "country", item)));
        long lastCheckoutAtMs = counts.checkouts() > 0 ? startMs : SeriesCounts.NO_CHECKOUT;
        all.add(new Added(key, startMs, counts));
        windows.add(key, new SeriesCounts(List.of(new SeriesCounts.SliceCounts(startMs, counts, lastCheckoutAtMs))));
        windows.asOfMs().ifPresent(asOfMs -> assertSums(key, asOfMs));
    }

    /** Time moves; at its end it is told what changed, or left for later. */
    void moveTo(long toMs, boolean tellAtEnd) {
        moveTo(toMs, tellAtEnd, Integer.MAX_VALUE, () -> {});
    }

    /** Time moves, for so many series at once, and in between something happens. */
    void moveTo(long toMs, boolean tellAtEnd, int portion, Runnable inBetween) {
        if (windows.asOfMs().isEmpty()) {
            windows.begin(toMs);
        }
        long from = windows.asOfMs().orElseThrow();
        for (OptionalLong stop = windows.nextStop(toMs); stop.isPresent(); stop = windows.nextStop(toMs)) {
            long stopMs = stop.getAsLong();
            assertThat(stopMs).isGreaterThan(from).isLessThanOrEqualTo(toMs);
            assertThat(rolling.windows()).anyMatch(window -> window.endAsOf(stopMs) == stopMs);
            assertNothingHappensBetween(from, stopMs);
            move(stopMs, portion, inBetween);
            tell(stopMs);
            from = stopMs;
        }
        assertNothingHappensBetween(from, toMs + 1);
        move(toMs, portion, inBetween);
        assertSums(toMs);
        if (tellAtEnd) {
            tell(toMs);
        }
    }

    private void move(long toMs, int portion, Runnable inBetween) {
        boolean moved = windows.moveTo(toMs, portionOf(portion));
        while (!moved) {
            assertThat(windows.isMoving()).isTrue();
            inBetween.run();
            moved = windows.goOn(portionOf(portion));
        }
        assertThat(windows.isMoving()).isFalse();
    }

    /** Says yes so many times. */
    static BooleanSupplier portionOf(int most) {
        AtomicInteger left = new AtomicInteger(most);
        return () -> left.getAndDecrement() > 0;
    }

    /** After this, the subscriber has to know every sum there is. */
    private void tell(long asOfMs) {
        windows.drainChanged(() -> true, key -> {
            RollingSeries changed = series.change(key);
            told.put(key, List.copyOf(changed.sums()));
            changed.telling().done(asOfMs);
        });
        assertSums(asOfMs);
        all.forEach(added -> assertThat(told.getOrDefault(added.series, zeros()))
                .as("told of %s as of %d", added.series, asOfMs)
                .isEqualTo(recount(added.series, asOfMs)));
    }

    private void assertSums(long asOfMs) {
        all.forEach(added -> assertSums(added.series, asOfMs));
    }

    private void assertSums(Bytes key, long asOfMs) {
        assertThat(sums(key)).as("sums of %s as of %d", key, asOfMs).isEqualTo(recount(key, asOfMs));
    }

    /** No window that ends in between has other sums than at the last stop: else it should have been a stop. */
    private void assertNothingHappensBetween(long fromMs, long stopMs) {
        for (Window window : rolling.windows()) {
            for (long end = window.endAsOf(fromMs + 1); end < stopMs; end += window.slideMs()) {
                for (Added added : all) {
                    assertThat(recount(added.series, window, end))
                            .as("%s of %s at %d", window, added.series, end)
                            .isEqualTo(recount(added.series, window, fromMs));
                }
            }
        }
    }

    private List<RollingSum> sums(Bytes key) {
        RollingSeries found = series.get(key);
        return found == null ? zeros() : found.sums();
    }

    private List<RollingSum> zeros() {
        return new RollingSeries(Bytes.wrap(new byte[0]), plan).sums();
    }

    private List<RollingSum> recount(Bytes key, long asOfMs) {
        return rolling.windows().stream()
                .map(window -> recount(key, window, asOfMs))
                .toList();
    }

    /** Of the slices that had begun by then. */
    private RollingSum recount(Bytes key, Window window, long asOfMs) {
        long endMs = window.endAsOf(asOfMs);
        Counts current = Counts.NONE;
        long previous = 0;
        for (Added added : all) {
            if (!added.series.equals(key) || added.timeMs >= asOfMs) {
                continue;
            }
            if (added.timeMs >= endMs - window.sizeMs()) {
                current = current.plus(added.counts);
            } else if (added.timeMs >= endMs - 2 * window.sizeMs()) {
                previous += added.counts.checkouts();
            }
        }
        return new RollingSum(current, previous);
    }
}
