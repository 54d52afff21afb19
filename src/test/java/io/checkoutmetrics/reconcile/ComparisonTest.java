package io.checkoutmetrics.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.feed.ReceivedHit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hits of a feed, what they count to, and finals, as a report shows them. */
class ComparisonTest {
    private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");

    @TempDir
    Path folder;

    private final Settings settings =
            new SettingsSource().set("dimensions", "country").read();
    private Ledger ledger;
    private FeedCheckouts feed;
    private Finals counted;
    private Finals published;

    @BeforeEach
    void open() {
        ledger = new Ledger(folder.resolve("ledger"));
        feed = new FeedCheckouts(settings, ledger);
        counted = Finals.counted(settings, ledger);
        published = Finals.published(settings, ledger);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static Hit.Builder hit(long second) {
        return Hit.newBuilder()
                .setReportSuite("eu")
                .setEvents("scCheckout")
                .setTime(TEN.plusSeconds(second))
                .setCountry("fr");
    }

    private void received(Hit.Builder hit, long second) {
        feed.take(new ReceivedHit(hit.build(), TEN.plusSeconds(second).toEpochMilli()));
    }

    private static CheckoutInterval total(String suite, long second, long checkouts) {
        return CheckoutInterval.newBuilder()
                .setReportSuite(suite)
                .setDimension("")
                .setItem("")
                .setStart(TEN.plusSeconds(second))
                .setEnd(TEN.plusSeconds(second + 60))
                .setCheckouts(checkouts)
                .setIncrements(checkouts)
                .setHits(checkouts)
                .build();
    }

    private static CheckoutInterval item(String country, long second, long checkouts) {
        CheckoutInterval item = total("eu", second, checkouts);
        item.setDimension("country");
        item.setItem(country);
        item.setHits(null);
        return item;
    }

    private Comparison comparison() {
        return new Comparison(settings, ledger, feed, counted, published, ZoneId.of("Europe/Paris"));
    }

    private List<String> text() {
        List<String> lines = new ArrayList<>();
        TextReport.print(comparison(), lines::add);
        return lines;
    }

    private List<String> json() {
        List<String> lines = new ArrayList<>();
        JsonReport.print(comparison(), lines::add);
        return lines;
    }

    private void both(CheckoutInterval one) {
        counted.take(one);
        published.take(one);
    }

    @Test
    void equalSides_areSaidToBe_andTheTableTellsWhatTheFeedLeavesOut() {
        received(hit(5), 6);
        received(hit(10).setExcluded("exclude_hit 1"), 11);
        received(hit(20), 20 + 601);
        received(hit(30).setEvents("scCheckout=x"), 31);
        received(hit(40).setEvents("scView"), 41);
        both(total("eu", 0, 1));
        both(item("fr", 0, 1));
        assertThat(comparison().isEqual()).isTrue();
        assertThat(text())
                .startsWith(
                        "REPORT SUITE  HOUR              HITS IN FEED  IN FINALS  CHECKOUTS IN FEED  EXCLUDED  LATE  REFUSED"
                                + "  COUNTED  FINALS",
                        "eu            2026-01-05 11:00             1          1                  4         1     1"
                                + "        1        1       1")
                .endsWith("Equal: 1 checkouts in 1 intervals.");
    }

    @Test
    void differences_areToldByIntervalAndItem_withWhatTheyArePutDownTo() {
        for (int second = 0; second < 180; second += 10) {
            received(hit(second), second + 1);
        }
        received(hit(5).setExcluded("bot"), 6);
        counted.take(total("eu", 0, 6));
        published.take(total("eu", 0, 7));
        counted.take(item("fr", 0, 6));
        published.take(item("fr", 0, 7));
        counted.take(total("eu", 60, 6));
        published.take(total("eu", 60, 4));
        both(item("fr", 60, 6));
        both(total("eu", 120, 6));
        both(item("fr", 120, 6));
        assertThat(text())
                .anyMatch(line -> line.matches("eu +2026-01-05 11:00 +total +6 +7 +1 +excluded 1"))
                .anyMatch(line -> line.matches("eu +2026-01-05 11:00 +country fr +6 +7 +1 +excluded 1"))
                .anyMatch(line -> line.matches("eu +2026-01-05 11:01 +total +6 +4 +-2 +missing 2"))
                .anyMatch(line -> line.matches("excluded +1 +1 +the feed excludes them, .*"))
                .anyMatch(line -> line.matches("missing +2 +0 +the feed has them, .*"))
                .endsWith("Not equal: 2 of 3 intervals differ, and 1 of their 3 items.");
        assertThat(json())
                .anyMatch(line -> line.startsWith("{\"reportSuite\":\"eu\",\"dimension\":\"\",\"item\":\"\","
                                + "\"start\":\"2026-01-05T10:01:00Z\"")
                        && line.endsWith("\"difference\":-2,\"incrementsDifference\":-2,\"because\":{\"missing\":2}}"))
                .last()
                .asString()
                .startsWith("{\"equal\":false,\"from\":\"2026-01-05T10:00:00Z\",\"to\":\"2026-01-05T10:03:00Z\"");
    }

    @Test
    void itemsThatDiffer_areToldThoughTheirTotalAgrees() {
        received(hit(5), 6);
        both(total("eu", 0, 1));
        counted.take(item("fr", 0, 1));
        published.take(item("de", 0, 1));
        assertThat(text())
                .anyMatch(line -> line.matches("eu +2026-01-05 11:00 +country de +0 +1 +1 +only here 1"))
                .anyMatch(line -> line.matches("eu +2026-01-05 11:00 +country fr +1 +0 +-1 +missing 1"));
    }

    @Test
    void finalsOfOtherTimesAndReportSuites_areNotCompared() {
        received(hit(5), 6);
        both(total("eu", 0, 1));
        both(item("fr", 0, 1));
        published.take(total("eu", -60, 9));
        published.take(total("eu", 60, 9));
        published.take(total("us", 0, 9));
        assertThat(comparison().isEqual()).isTrue();
    }

    @Test
    void suiteWithoutFinals_isSaid_withThoseThatThereAre() {
        received(hit(5), 6);
        counted.take(total("eu", 0, 1));
        published.take(total("eu-prod", 0, 1));
        assertThat(text()).contains("There are no finals of report suite eu, but of eu-prod.");
    }

    @Test
    void finalsThatEndBeforeTheFeed_areSaidToWaitForTheirGrace() {
        received(hit(5), 6);
        received(hit(65), 66);
        both(total("eu", 0, 1));
        counted.take(total("eu", 60, 1));
        assertThat(text()).anyMatch(line -> line.startsWith("The finals end at 2026-01-05T10:01:00Z, before the feed"));
    }

    @Test
    void finalPublishedTwice_isTwiceAsMuch_andSaid() {
        received(hit(5), 6);
        both(total("eu", 0, 1));
        published.take(total("eu", 0, 1));
        assertThat(text())
                .contains("1 finals were published more than once, and count as often as subscribers count them.")
                .anyMatch(line -> line.matches("eu +2026-01-05 11:00 +total +1 +2 +1 +only here 1"));
    }

    @Test
    void dimensionsThatOneSideLacks_areNotCompared() {
        received(hit(5), 6);
        both(total("eu", 0, 1));
        counted.take(item("fr", 0, 1));
        CheckoutInterval other = item("x", 0, 1);
        other.setDimension("campaign");
        published.take(other);
        assertThat(comparison().isEqual()).isTrue();
        assertThat(text()).contains("Not compared, since one side does not count by it: campaign, country.");
    }

    @Test
    void itemsOfADimensionWithTooMany_areNotCompared_butItsTotalIs() {
        received(hit(5), 6);
        both(total("eu", 0, 1));
        counted.take(item("fr", 0, 1));
        published.take(item("(low traffic)", 0, 1));
        assertThat(comparison().isEqual()).isTrue();
        assertThat(text()).contains("Items of eu country are not compared: some are summed up under (low traffic).");
    }

    @Test
    void finalsOfOtherLengths_areRefused_withWhatToSet() {
        CheckoutInterval hour = total("eu", 0, 1);
        hour.setEnd(TEN.plus(Duration.ofHours(1)));
        published.take(hour);
        assertThatThrownBy(published::requireComparable)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("the finals are of PT1H, the settings say PT1M")
                .hasMessageContaining("--set intervals=");
    }

    @Test
    void moreIntervalsThanFitIntoMemory_addUp() {
        received(hit(0).setReportSuite("eu"), 0);
        received(hit(0), 60 * 60_000);
        for (int round = 0; round < 2; round++) {
            for (int minute = 0; minute < 60_000; minute++) {
                counted.take(total("eu", 60L * minute, 1));
                published.take(total("eu", 60L * minute, minute == 5 ? 2 : 1));
            }
        }
        Comparison comparison = comparison();
        assertThat(comparison.totals().of(Column.COUNTED)).isEqualTo(120_000);
        assertThat(comparison.totals().difference()).isEqualTo(2);
        assertThat(comparison.rows()).hasSize(43);
    }
}
