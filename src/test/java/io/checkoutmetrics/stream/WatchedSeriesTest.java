package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.AlertKind;
import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.window.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** The watched series of a partition, when time leaps, when there are too many, and when clocks are changed. */
class WatchedSeriesTest {
    private static final long START_MS = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final int SHOPS = 8;
    private static final int MOST = 2_000;

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory(Stores.WATCHED);
    private final Outcomes outcomes = new Outcomes();
    private final List<CheckoutAlert> alerts = new ArrayList<>();
    private WatchedSeries watched = watching();

    private static Settings settings(String... assignments) {
        SettingsSource source = new SettingsSource().set("alerts", "true").set("windows", "1m/1s");
        for (String assignment : assignments) {
            source.set(assignment.split("=")[0], assignment.split("=")[1]);
        }
        return source.read();
    }

    private WatchedSeries watching(String... assignments) {
        return new WatchedSeries(settings(assignments), outcomes, store, (series, published) -> {
            if (published instanceof Published.Alert alert && alert.alert() != null) {
                alerts.add(alert.alert());
            }
        });
    }

    private void hits(String suite, long timeMs, long hits) {
        SeriesCounts.SliceCounts slice =
                new SeriesCounts.SliceCounts(timeMs, Counts.ofHits(hits), SeriesCounts.NO_CHECKOUT);
        watched.hits(Bytes.wrap(SeriesKey.of(Series.total(suite))), new SeriesCounts(List.of(slice)));
    }

    /** Some shops that everything is usual in, for an hour. */
    private long hourOfShops() {
        for (long second = 0; second < 3_600; second++) {
            for (int shop = 0; shop < SHOPS; shop++) {
                hits("shop" + shop, START_MS + 1_000 * second, 5);
            }
        }
        long toMs = START_MS + 3_600_000;
        watched.moveTo(toMs);
        return toMs;
    }

    private void commit() {
        watched.writeBehind();
    }

    private void judgeTheRest(long timeMs) {
        for (int count = 0; count < 10; count++) {
            commit();
            watched.moveTo(timeMs);
        }
    }

    private List<String> said() {
        return alerts.stream().map(CheckoutAlert::toString).sorted().toList();
    }

    @Test
    void leapOfDays_isJudgedOverSomeCommits_andSaysTheSame_alsoAfterARestartBetween() {
        long fromMs = hourOfShops();
        long toMs = fromMs + 3 * DAY_MS;
        watched.moveTo(toMs);
        int atOnce = alerts.size();
        commit();
        watched = watching();
        judgeTheRest(toMs);
        List<String> leapt = said();
        assertThat(leapt).hasSizeGreaterThan(atOnce);
        assertThat(alerts)
                .filteredOn(one -> one.getKind() == AlertKind.NO_INPUT)
                .hasSize(SHOPS * 6);

        alerts.clear();
        TestStores.keys(store).forEach(store::delete);
        watched = watching();
        hourOfShops();
        for (long timeMs = fromMs; timeMs <= toMs; timeMs += 60_000) {
            watched.moveTo(timeMs);
            commit();
        }
        assertThat(said()).isEqualTo(leapt);
    }

    @Test
    void endOfTheInput_leavesNothingUnjudged() {
        long toMs = hourOfShops() + 3 * DAY_MS;
        watched.moveTo(toMs);
        watched.finish();
        int judged = alerts.size();
        judgeTheRest(toMs);
        assertThat(alerts)
                .hasSize(judged)
                .filteredOn(one -> one.getKind() == AlertKind.NO_INPUT)
                .hasSize(SHOPS * 6);
    }

    @Test
    void whatIsReceivedWhileALeapIsJudged_isTakenForItsOwnTime() {
        long fromMs = hourOfShops();
        long toMs = fromMs + 3 * DAY_MS;
        watched.moveTo(toMs);
        for (long second = 0; second < 120; second++) {
            for (int shop = 0; shop < SHOPS; shop++) {
                hits("shop" + shop, toMs + 1_000 * second, 5);
            }
        }
        judgeTheRest(toMs + 120_000);
        assertThat(alerts)
                .filteredOn(one -> one.getKind() == AlertKind.RECOVERED)
                .hasSize(SHOPS)
                .allMatch(one -> one.getAsOf().toEpochMilli() > toMs + 59_000);
    }

    @Test
    void seriesBeyondTheMost_areCounted_butReportSuitesOfTheSettingsFindRoom() {
        watched = watching("report-suites=eu");
        for (int suite = 0; suite < MOST; suite++) {
            hits("other" + suite, START_MS, 1);
        }
        assertThat(outcomes.get("unwatched")).isZero();
        hits("one-more", START_MS, 7);
        assertThat(outcomes.get("unwatched")).isEqualTo(7);
        hits("eu", START_MS, 7);
        watched.moveTo(START_MS + 1_000);
        assertThat(outcomes.get("unwatched")).isEqualTo(7);
        assertThat(alerts)
                .hasSize(MOST + 1)
                .anyMatch(one -> one.getReportSuite().equals("eu"));
    }

    @Test
    void otherZone_startsToLearnAgain_andSaysSo() {
        long toMs = hourOfShops();
        commit();
        alerts.clear();
        watched = watching("alerts.zone=Asia/Tokyo");
        hits("shop0", toMs, 5);
        watched.moveTo(toMs + 1_000);
        assertThat(alerts).hasSize(SHOPS).allMatch(one -> one.getKind() == AlertKind.LEARNING);
    }
}
