package io.checkoutmetrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.SeriesCounts.SliceCounts;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.RollingSum;
import io.checkoutmetrics.window.Slices;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** One series by itself. Times are small numbers of milliseconds. */
class RollingSeriesTest {
    private static final SlicePlan PLAN = new SlicePlan(new Settings.Rolling(
            List.of(new Window(60, 10), new Window(300, 30)), List.of(Slices.every(60)), Duration.ofMillis(20)));
    private static final Bytes FRANCE = Bytes.wrap("[\"eu\",\"country\",\"fr\"]".getBytes(UTF_8));

    private static SliceCounts checkoutAt(long startMs) {
        return new SliceCounts(startMs, Counts.ofCheckout(1), startMs);
    }

    @Property
    void storedSeries_isReadAsItWasWritten(
            @ForAll @Size(max = 8) List<@IntRange(max = 900) Integer> slices,
            @ForAll @IntRange(max = 5) int increments,
            @ForAll @IntRange(max = 5) int hits,
            @ForAll boolean published,
            @ForAll boolean corrected) {
        RollingSeries series = new RollingSeries(FRANCE, PLAN);
        slices.forEach(
                slice -> series.addAhead(new SliceCounts(slice / 10 * 10, new Counts(1, increments, hits), slice)));
        series.moveTo(500, 0);
        if (published) {
            series.telling().done(500);
        }
        if (corrected) {
            series.telling().correct();
        }
        RollingSeries read = RollingSeries.fromBytes(FRANCE, series.toBytes(), PLAN);
        assertThat(read.toBytes()).isEqualTo(series.toBytes());
        assertThat(read.sums()).isEqualTo(series.sums());
        assertThat(read.telling().isChanged()).isEqualTo(series.telling().isChanged());
        assertThat(read.telling().isCorrected()).isEqualTo(published && corrected);
        assertThat(read.telling().revision()).isEqualTo(published && corrected ? 1 : 0);
        assertThat(read.nextChangeMs(500)).isEqualTo(series.nextChangeMs(500));
        assertThat(read.slices().firstClosingAfter(500))
                .isEqualTo(series.slices().firstClosingAfter(500));
    }

    /** As a version wrote it that knew neither low traffic nor visitors. */
    @Test
    void seriesOfAnEarlierVersion_isReadAsItWas_andWrittenAsItWas() {
        byte[] stored = HexFormat.of()
                .parseHex("0202e807b60701010800080402d80908e20904c8011206e4050804b4011206d0050804781206d00508");
        RollingSeries read = RollingSeries.fromBytes(FRANCE, stored, PLAN);
        assertThat(read.sums()).extracting(sum -> sum.current().checkouts()).containsExactly(1L, 1L);
        assertThat(read.sums()).extracting(RollingSum::previousCheckouts).containsExactly(0L, 2L);
        assertThat(read.lastCheckoutAtMs()).hasValue(475);
        assertThat(read.isBesideLowTraffic(500)).isFalse();
        assertThat(read.toBytes()).isEqualTo(stored);
    }

    /** For a while it stood in the middle. */
    @Test
    void seriesWithLowTrafficInTheMiddle_isReadAsItWas() {
        String before = "0202e807b607";
        String after = "01010800080402d80908e20904c8011206e4050804b4011206d0050804781206d00508";
        RollingSeries with = RollingSeries.fromBytes(FRANCE, HexFormat.of().parseHex(before + "ac07" + after), PLAN);
        String none = HexFormat.of()
                .formatHex(new BinaryWriter().number(SeriesCounts.NO_CHECKOUT).toBytes());
        RollingSeries without = RollingSeries.fromBytes(FRANCE, HexFormat.of().parseHex(before + none + after), PLAN);

        assertThat(without.toBytes()).isEqualTo(HexFormat.of().parseHex(before + after));
        assertThat(with.isBesideLowTraffic(500)).isTrue();
        assertThat(with.sums()).isEqualTo(without.sums());
        assertThat(with.lastCheckoutAtMs()).hasValue(475);
    }

    @Test
    void lowTraffic_isStored_andForgottenWhenNoWindowHoldsItAnyMore() {
        RollingSeries series = new RollingSeries(FRANCE, PLAN);
        series.addAhead(checkoutAt(470));
        series.moveTo(500, 0);
        series.besideLowTraffic(470);
        RollingSeries read = RollingSeries.fromBytes(FRANCE, series.toBytes(), PLAN);
        assertThat(read.isBesideLowTraffic(500)).isTrue();
        assertThat(read.isBesideLowTraffic(2_000)).isFalse();
        assertThat(read.toBytes()).isEqualTo(series.toBytes());
    }

    @Test
    void correctedTwiceBeforeItIsPublished_isOneRevision_andAfterwardsTheNext() {
        RollingSeries series = new RollingSeries(FRANCE, PLAN);
        series.telling().correct();
        assertThat(series.telling().revision())
                .as("nobody knows the series yet")
                .isZero();
        series.telling().done(5);
        series.telling().correct();
        series.telling().correct();
        assertThat(series.telling().revision()).isEqualTo(1);
        series.telling().done(6);
        series.telling().correct();
        assertThat(series.telling().revision()).isEqualTo(2);
    }

    @Test
    void seriesIsDue_whenASliceComesIn_completes_leavesAndIsForgotten() {
        RollingSeries series = new RollingSeries(FRANCE, PLAN);
        series.addAhead(checkoutAt(100));
        List<Long> due = new ArrayList<>();
        long now = 0;
        for (long next = series.nextChangeMs(now);
                next < Long.MAX_VALUE && due.size() < 100;
                next = series.nextChangeMs(now)) {
            due.add(next);
            series.moveTo(next, now);
            series.slices().forgetPast(next, next);
            now = next;
        }
        assertThat(due)
                .containsExactly(
                        101L, 110L, 120L, // comes in, and completes the last slide of both windows
                        161L, 170L, // leaves the short window,
                        221L, 230L, // and the one before it
                        391L, 420L, // and so with the long window, whose slide begins at 90
                        691L, 720L);
        assertThat(series.isBlank()).as("nobody was ever told of it").isTrue();
    }

    @Test
    void intervals_closeOneAfterTheOther_whenTheGraceHasPassed() {
        RollingSeries series = new RollingSeries(FRANCE, PLAN);
        for (long time : new long[] {0, 70, 130}) {
            series.addAhead(checkoutAt(time));
        }
        series.moveTo(140, 0);
        SeriesSlices slices = series.slices();
        assertThat(slices.firstClosingAfter(0)).isEqualTo(80);
        assertThat(slices.firstClosingAfter(80)).isEqualTo(140);
        List<Long> closed = new ArrayList<>();
        slices.closing(
                139, 140, (startMs, endMs, counts) -> closed.addAll(List.of(startMs, endMs, counts.checkouts())));
        assertThat(closed).containsExactly(60L, 120L, 1L);
        slices.forgetPast(140, 140);
        assertThat(slices.firstClosingAfter(140)).isEqualTo(200);
    }

    @Test
    void history_holdsSlicesInOrder_howeverTheyCome() {
        SliceHistory history = new SliceHistory();
        for (long start : new long[] {50, 10, 30, 20, 40, 10}) {
            history.add(start, Counts.ofCheckout(1));
        }
        List<Long> starts = new ArrayList<>();
        history.forEach(0, 100, (startMs, counts) -> starts.add(startMs));
        assertThat(starts).containsExactly(10L, 20L, 30L, 40L, 50L);
        assertThat(history.sum(10, 30)).isEqualTo(new Counts(3, 3, 0));
        assertThat(history.hasAny(31, 40)).isFalse();
        assertThat(history.startFrom(31)).hasValue(40);
        history.forgetBefore(31);
        assertThat(history.startFrom(0)).isEqualTo(OptionalLong.of(40));
        assertThat(history.last()).hasValue(50);
        assertThat(history.size()).isEqualTo(2);
    }
}
