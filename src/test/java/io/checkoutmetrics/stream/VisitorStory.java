package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Visitors;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/**
 * Adds visitors to one series, moves time, commits, crashes, and holds what is in the windows and in open intervals to a recount. The
 * log has little room, so that most of it is folded into slices.
 */
final class VisitorStory {
    private static final Bytes FRANCE = Bytes.wrap("[\"eu\",\"country\",\"fr\"]".getBytes(StandardCharsets.UTF_8));
    private static final int PAGE_SIZE = 2;
    private static final int PAGES_TOGETHER = 2;
    private static final int MOST_LOGGED = 12;

    private record Checkout(long sliceMs, long visitor, long visit) {}

    private final Settings.Rolling rolling;
    private final SlicePlan plan;
    private final RevertibleStore entries = new RevertibleStore("visitors");
    private final List<Checkout> all = new ArrayList<>();
    private int committed;
    private long asOfMs;
    private VisitorStore store;
    private SeriesVisitors visitors;
    private byte[] end = SeriesVisitors.NOTHING;
    private byte[] committedEnd = end;

    VisitorStory(Settings.Rolling rolling, long beginMs) {
        this.rolling = rolling;
        plan = new SlicePlan(rolling);
        asOfMs = beginMs;
        store = new VisitorStore(entries, plan, OptionalLong.empty(), PAGE_SIZE, PAGES_TOGETHER, MOST_LOGGED);
        visitors = new SeriesVisitors(FRANCE, store, end);
        commit();
    }

    /** Checkouts of a slice that has begun. */
    void add(long agoMs, List<Long> whos) {
        long sliceMs = Slices.floor(Math.max(0, asOfMs - 1 - agoMs), plan.sliceMs());
        whos.forEach(who -> add(sliceMs, who, asOfMs));
        assertWindows();
        assertIntervals(asOfMs, asOfMs);
    }

    /** Checkouts of slices that begin before time has moved on; intervals that close meanwhile are told in the end, as in history. */
    void moveTo(long byMs, List<Long> whos) {
        long toMs = asOfMs + byMs;
        for (int i = 0; i < whos.size(); i++) {
            add(Slices.floor(asOfMs + byMs * i / whos.size(), plan.sliceMs()), whos.get(i), toMs);
        }
        long fromMs = asOfMs;
        asOfMs = toMs;
        assertWindows();
        assertIntervals(fromMs, asOfMs);
    }

    private void add(long sliceMs, long who, long windowsAsOfMs) {
        all.add(new Checkout(sliceMs, who, who / 2));
        VisitorHashes.Gathering gathering = new VisitorHashes.Gathering();
        gathering.add(who, who / 2);
        visitors.add(sliceMs, gathering.all(), windowsAsOfMs, asOfMs);
    }

    void commit() {
        end = visitors.writeBehind();
        committedEnd = end;
        store.writeBehind();
        entries.commit();
        committed = all.size();
    }

    /** What was added since the last commit is gone. */
    void crash() {
        entries.revert();
        end = committedEnd;
        all.subList(committed, all.size()).clear();
        store = new VisitorStore(entries, plan, OptionalLong.of(asOfMs), PAGE_SIZE, PAGES_TOGETHER, MOST_LOGGED);
        visitors = new SeriesVisitors(FRANCE, store, end);
        assertWindows();
        assertIntervals(asOfMs, asOfMs);
    }

    /** The series is forgotten: then nothing of it may be left. */
    void forget() {
        commit();
        store.forget(FRANCE);
        end = SeriesVisitors.NOTHING;
        assertThat(TestStores.keys(entries)).hasSize(1).noneMatch(key -> key.get()[0] == '[');
        committedEnd = end;
        entries.commit();
        all.clear();
        committed = 0;
        visitors = new SeriesVisitors(FRANCE, store, end);
        assertWindows();
    }

    /** How many entries there may be is bounded by the slices and pages that matter. */
    int entries() {
        commit();
        return TestStores.keys(entries).size();
    }

    private void assertWindows() {
        List<RollingSum> sums = new ArrayList<>();
        List<Visitors> expected = new ArrayList<>();
        for (Window window : rolling.windows()) {
            long startMs = window.endAsOf(asOfMs) - window.sizeMs();
            long checkouts = in(startMs, Long.MAX_VALUE).count();
            sums.add(new RollingSum(new Counts(checkouts, checkouts, 0), 0));
            expected.add(recount(startMs, Long.MAX_VALUE));
        }
        assertThat(visitors.inWindows(sums, asOfMs)).as("as of %d", asOfMs).isEqualTo(expected);
    }

    private void assertIntervals(long openAsOfMs, long toMs) {
        for (Slices interval : rolling.intervals()) {
            long startMs =
                    Math.max(0, interval.startOf(openAsOfMs - rolling.grace().toMillis()));
            for (; startMs <= toMs; startMs = interval.endOf(startMs)) {
                long endMs = interval.endOf(startMs);
                assertThat(visitors.inInterval(
                                startMs, endMs, in(startMs, endMs).count()))
                        .as("in [%d, %d)", startMs, endMs)
                        .isEqualTo(recount(startMs, endMs));
            }
        }
    }

    private Stream<Checkout> in(long fromMs, long toMs) {
        return all.stream().filter(one -> one.sliceMs >= fromMs && one.sliceMs < toMs);
    }

    private Visitors recount(long fromMs, long toMs) {
        return Visitors.of(
                in(fromMs, toMs).count(),
                in(fromMs, toMs)
                        .map(Checkout::visitor)
                        .filter(one -> one != 0)
                        .distinct()
                        .count(),
                in(fromMs, toMs)
                        .map(Checkout::visit)
                        .filter(one -> one != 0)
                        .distinct()
                        .count());
    }
}
