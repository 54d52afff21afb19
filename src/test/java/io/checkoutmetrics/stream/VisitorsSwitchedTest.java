package io.checkoutmetrics.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Watermark;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** One stage 3 after the other on the same stores: with visitors, without, and as it was before there were any. */
class VisitorsSwitchedTest {
    private static final Series TOTAL = Series.total("eu");

    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
    private MockProcessorContext<byte[], Published> context = new MockProcessorContext<>();
    private BeforeCommit commits = new BeforeCommit(Stores.ROLL_COMMITS);
    private Roll roll = begin(true);

    private static Settings settings(boolean visitors) {
        return new SettingsSource()
                .set("windows", "1m/1s")
                .set("visitors", Boolean.toString(visitors))
                .read();
    }

    private Roll begin(boolean visitors) {
        context = new MockProcessorContext<>();
        for (String name : List.of(Stores.COUNTED, Stores.SERIES, Stores.VISITORS, Stores.AGENDA)) {
            context.addStateStore(stores.computeIfAbsent(name, TestStores::inMemory));
        }
        commits = new BeforeCommit(Stores.ROLL_COMMITS);
        context.addStateStore(commits);
        context.setCurrentSystemTimeMs(0);
        Roll begun = new Roll(settings(visitors), 1, TestParts.unused());
        begun.init(context);
        return begun;
    }

    private void restart(boolean visitors) {
        commits.flushCache();
        roll = begin(visitors);
    }

    private static long at(String time) {
        return Instant.parse("2026-01-05T" + time + "Z").toEpochMilli();
    }

    private void checkout(String time, int who, boolean withVisitors) {
        VisitorHashes.Gathering gathering = new VisitorHashes.Gathering();
        gathering.add(who, who);
        Counts one = Counts.ofCheckout(1);
        SeriesCounts.SliceCounts slice = withVisitors
                ? new SeriesCounts.SliceCounts(at(time), one, at(time), gathering.all())
                : new SeriesCounts.SliceCounts(at(time), one, at(time));
        CountsBundle.OfSeries counts =
                new CountsBundle.OfSeries(Bytes.wrap(SeriesKey.of(TOTAL)), false, new SeriesCounts(List.of(slice)));
        roll.process(new Record<>(Addresses.of(0), new CountsBundle(List.of(counts)), 0));
    }

    /** What is published last as of then. */
    private String asOf(String time) {
        context.resetForwards();
        roll.process(new Record<>(new byte[0], new SourceWatermark(0, Watermark.active(at(time)), at(time)), 0));
        List<CheckoutMetrics> published = context.forwarded().stream()
                .map(forwarded -> forwarded.record().value())
                .filter(Published.Rolling.class::isInstance)
                .map(rolling -> ((Published.Rolling) rolling).metrics())
                .toList();
        var window = published.get(published.size() - 1).getWindows().get(0);
        return window.getCheckouts() + " by " + window.getVisitors();
    }

    @Test
    void restart_changesNothing() {
        checkout("10:00:10", 1, true);
        checkout("10:00:20", 2, true);
        assertThat(asOf("10:00:30")).isEqualTo("2 by 2");

        restart(true);
        checkout("10:00:31", 1, true);

        assertThat(asOf("10:00:40")).isEqualTo("3 by 2");
    }

    @Test
    void switchedOff_theyAreUnknown_andNothingOfThemIsLeft() {
        checkout("10:00:10", 1, true);
        assertThat(asOf("10:00:30")).isEqualTo("1 by 1");

        restart(false);
        checkout("10:00:31", 1, false);
        assertThat(asOf("10:00:40")).isEqualTo("2 by null");

        commits.flushCache();
        assertThat(TestStores.keys(requireNonNull(stores.get(Stores.VISITORS)))).isEmpty();
    }

    @Test
    void switchedOnAgain_theyAreUnknown_untilTheWindowHoldsOnlyWhatCameSince() {
        checkout("10:00:10", 1, true);
        assertThat(asOf("10:00:30")).isEqualTo("1 by 1");
        restart(false);
        checkout("10:00:31", 1, false);
        assertThat(asOf("10:00:40")).isEqualTo("2 by null");

        restart(true);
        checkout("10:00:41", 2, true);
        assertThat(asOf("10:00:50")).isEqualTo("3 by null");
        checkout("10:01:10", 3, true);
        assertThat(asOf("10:01:41")).isEqualTo("2 by 2");
    }

    @Test
    void countsThatComeWithoutThem_fromAnInstanceThatIsNotSwitchedYet_makeThemUnknownForAsLong() {
        checkout("10:00:10", 1, true);
        assertThat(asOf("10:00:30")).isEqualTo("1 by 1");

        checkout("10:00:35", 2, false);
        checkout("10:00:36", 3, true);
        assertThat(asOf("10:00:40")).isEqualTo("3 by null");

        assertThat(asOf("10:01:36")).isEqualTo("1 by 1");
    }
}
