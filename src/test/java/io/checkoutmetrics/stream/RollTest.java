package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Counts;
import io.checkoutmetrics.window.Watermark;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The third stage, when what it is sent lies far apart: an input partition was slow and has caught up. */
class RollTest {
    private static final Series FRANCE = new Series("eu", "country", "fr");

    private final MockProcessorContext<byte[], Published> context = new MockProcessorContext<>();
    private final Roll roll = new Roll(
            new SettingsSource()
                    .set("windows", "1m/1s")
                    .set("publish.early", "off")
                    .read(),
            1,
            TestParts.unused());

    @BeforeEach
    void init() {
        TestStores.give(context, Stores.ROLL_COMMITS, Stores.COUNTED, Stores.SERIES, Stores.VISITORS, Stores.AGENDA);
        context.setCurrentSystemTimeMs(0);
        roll.init(context);
    }

    private static long at(String time) {
        return Instant.parse("2026-01-05T" + time + "Z").toEpochMilli();
    }

    private void checkout(String time) {
        SeriesCounts.SliceCounts slice = new SeriesCounts.SliceCounts(at(time), Counts.ofCheckout(1), at(time));
        CountsBundle.OfSeries counts =
                new CountsBundle.OfSeries(Bytes.wrap(SeriesKey.of(FRANCE)), false, new SeriesCounts(List.of(slice)));
        roll.process(new Record<>(Addresses.of(0), new CountsBundle(List.of(counts)), 0));
    }

    private void completeUpTo(String time) {
        roll.process(new Record<>(new byte[0], new SourceWatermark(0, Watermark.active(at(time)), at(time)), 0));
    }

    /**
     * What was published of the rolling Checkouts as {@code time checkouts}, or {@code gone}; all but what was asked
     * before.
     */
    private List<String> published() {
        List<String> lines = context.forwarded().stream()
                .map(forwarded -> forwarded.record().value())
                .filter(Published.Rolling.class::isInstance)
                .map(value -> line(((Published.Rolling) value).metrics()))
                .toList();
        context.resetForwards();
        return lines;
    }

    private static String line(@Nullable CheckoutMetrics metrics) {
        return metrics == null
                ? "gone"
                : metrics.getAsOf().toString().substring(11, 19) + " "
                        + metrics.getWindows().get(0).getCheckouts() + " last "
                        + Objects.toString(metrics.getLastCheckoutAt(), "never").replaceAll(".*T|Z", "")
                        + (metrics.getStatus() == Status.CORRECTED ? " corrected" : "");
    }

    @Test
    void itemWhoseNextCheckoutIsKnownAlready_isGoneUntilThen() {
        checkout("10:00:10");
        completeUpTo("10:01:00");
        assertThat(published()).containsExactly("10:00:11 1 last 10:00:10");
        checkout("10:05:00");
        completeUpTo("10:10:00");
        assertThat(published())
                .containsExactly(
                        "10:01:11 0 last 10:00:10",
                        "gone",
                        "10:05:01 1 last 10:05:00",
                        "10:06:01 0 last 10:05:00",
                        "gone");
    }

    @Test
    void lateCheckoutThatNoWindowHoldsAnyMore_correctsNothing() {
        checkout("10:00:10");
        completeUpTo("10:05:00");
        checkout("10:05:00");
        completeUpTo("10:05:00.500");
        published();
        checkout("10:01:00");
        completeUpTo("10:05:01");
        assertThat(published()).containsExactly("10:05:01 1 last 10:05:00");
    }

    @Test
    void whatTheShardsPromised_isStoredBeforeACommit() {
        completeUpTo("10:00:00");
        context.<BeforeCommit>getStateStore(Stores.ROLL_COMMITS).flushCache();
        SourceProgress stored = new SourceProgress(context.getStateStore(Stores.COUNTED), 1, 1_000);
        assertThat(stored.minimum()).contains(Watermark.active(at("10:00:00")));
    }

    @Test
    void lateCheckoutInsideTheWindow_correctsIt() {
        checkout("10:00:10");
        completeUpTo("10:00:30");
        published();
        checkout("10:00:05");
        completeUpTo("10:00:31");
        assertThat(published()).containsExactly("10:00:31 2 last 10:00:10 corrected");
    }
}
