package io.checkoutmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.metric.Series;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With steps of a minute, six hours of them. */
class HistoryTest {
    private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");

    private final ChartScale scale =
            ChartScale.of(new SettingsSource().set("publish.alive", "5s").read());
    private final History history = new History(scale);
    private long closedToMs = Long.MIN_VALUE;

    private void live(String time, long checkouts) {
        live(time, checkouts, 100);
    }

    private void live(String time, long checkouts, long hits) {
        Instant asOf = Instant.parse("2026-01-05T" + time + "Z");
        history.live(PublishedPage.record(
                Series.total("eu"), Status.EARLY, asOf, TEN, new long[] {checkouts, 9, 9, 9}, new long[] {
                    hits, hits, hits, 9
                }));
    }

    private void finalOf(Instant end, long checkouts) {
        history.finals(PublishedPage.finals("eu", end, checkouts, 100));
        closedToMs = Math.max(closedToMs, end.toEpochMilli());
    }

    private List<@Nullable Long> checkouts() {
        return history.known(closedToMs).values().stream()
                .<@Nullable Long>map(value -> value == null ? null : (long) value.checkouts())
                .toList();
    }

    @Test
    void atTheEndOfAMinute_whatRolledThenIsKept() {
        live("10:00:59.900", 6);
        live("10:01:00", 7);
        live("10:01:00.250", 8);
        assertThat(checkouts()).containsExactly(7L);
        assertThat(history.known(closedToMs).endMs())
                .isEqualTo(TEN.plusSeconds(60).toEpochMilli());
    }

    @Test
    void nothingPublishedAtTheEndOfAMinute_meansNothingHadChanged() {
        live("10:00:57", 6);
        live("10:01:02", 8);
        assertThat(checkouts()).containsExactly(6L);
    }

    @Test
    void recordsFarApart_leaveAGap() {
        live("10:01:00", 7);
        live("10:04:00", 8);
        assertThat(checkouts()).containsExactly(7L, null, null, 8L);
    }

    @Test
    void finals_fillTheGap_andTakeThePlaceOfWhatWasLive() {
        live("10:01:00", 7);
        live("10:03:00", 8);
        finalOf(TEN.plusSeconds(60), 9);
        finalOf(TEN.plusSeconds(120), 10);
        assertThat(checkouts()).containsExactly(9L, 10L, 8L);
        live("10:01:00", 1);
        assertThat(checkouts()).containsExactly(9L, 10L, 8L);
    }

    @Test
    void missingFinal_whileLaterOnesAreThere_isZero() {
        finalOf(TEN, 5);
        finalOf(TEN.plusSeconds(180), 6);
        assertThat(checkouts()).containsExactly(5L, 0L, 0L, 6L);
        closedToMs = TEN.plusSeconds(60).toEpochMilli();
        assertThat(checkouts()).containsExactly(5L, 0L, null, 6L);
    }

    @Test
    void emptyWindow_isKnownToBeZero_thoughNothingElseIs() {
        live("10:04:30", 0, 0);
        live("10:05:00", 0, 0);
        assertThat(history.known(closedToMs).values()).containsOnly(History.Value.NONE);
    }

    @Test
    void stalled_tellsNothing() {
        history.live(PublishedPage.record(
                Series.total("eu"), Status.STALLED, TEN, TEN, new long[] {1, 1, 1, 1}, new long[] {1, 1, 1, 1}));
        assertThat(checkouts()).isEmpty();
    }

    @Test
    void whatIsOlderThanSixHours_isForgotten() {
        for (int minute = 0; minute < 400; minute++) {
            finalOf(TEN.plusSeconds(60L * minute), minute);
        }
        assertThat(checkouts()).hasSize(360).startsWith(40L).endsWith(399L);
    }

    @Test
    void windowsOfAnotherSize_areCountsInOneStep() {
        ChartScale other =
                ChartScale.of(new SettingsSource().set("windows", "5m/5s,1h/1m").read());
        assertThat(other.sourceMs()).isEqualTo(300_000);
        assertThat(other.source()).hasValue(0);
    }
}
