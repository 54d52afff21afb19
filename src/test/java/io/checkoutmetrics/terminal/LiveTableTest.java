package io.checkoutmetrics.terminal;

import static io.checkoutmetrics.terminal.TestMetrics.AS_OF;
import static io.checkoutmetrics.terminal.TestMetrics.item;
import static io.checkoutmetrics.terminal.TestMetrics.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.metric.Series;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOW = AS_OF.plusMillis(400);

    private final LatestMetrics latest = new LatestMetrics();

    private List<String> table(int columns, int lines) {
        return table(Look.PLAIN, columns, lines, "");
    }

    private List<String> table(Look look, int columns, int lines, String notice) {
        return table(look, columns, lines, notice, List.of());
    }

    private List<String> table(Look look, int columns, int lines, String notice, List<String> footer) {
        return new LiveTable("checkout-metrics", Duration.ofSeconds(15), look, footer)
                .lines(latest, NOW, new TerminalSize(columns, lines), notice);
    }

    private void twoShops() {
        total("eu-shop")
                .window(MINUTE, 12, 10, 1_204L)
                .window(Duration.ofMinutes(5), 61, 63, 6_000L)
                .window(HOUR, 702, 627, 70_000L)
                .window(Duration.ofHours(24), 1_234_567, 1_222_344, 99_999_999L)
                .into(latest);
        total("jp-shop")
                .window(MINUTE, 0, 0, 7L)
                .window(Duration.ofMinutes(5), 0, 2, 31L)
                .window(HOUR, 3, 0, 40_000L)
                .window(Duration.ofHours(24), 410, 2, 90_000L)
                .lastCheckoutAt(AS_OF.minusSeconds(601))
                .into(latest);
        item("eu-shop", "country", "fr").window(HOUR, 351, 0, null).into(latest);
        item("eu-shop", "country", "de").window(HOUR, 200, 0, null).into(latest);
        item("eu-shop", "country", "es").window(HOUR, 149, 0, null).into(latest);
        item("eu-shop", "country", "it").window(HOUR, 2, 0, null).into(latest);
        item("eu-shop", "campaign", "newsletter-of-the-42nd-week")
                .window(HOUR, 100, 0, null)
                .into(latest);
    }

    @Test
    void usualTerminal_showsWindowsSideBySide_andTopItemsBelow() {
        twoShops();

        assertThat(String.join("\n", table(80, 24))).isEqualTo("""
                checkout-metrics                                         2026-01-05 10:00:00 UTC
                REPORT SUITE                     STATE            HITS 1m  LAST CHECKOUT     AGE
                eu-shop                          live               1,204             2s    0.4s
                    1m      12  +20%    5m      61   -3%    1h     702  +12%   24h   1.23M   +1%
                          9.97 /1000          10.2 /1000          10.0 /1000          12.3 /1000
                  campaign 1h          14% newsletter-o~
                  country 1h           50% fr              28% de              21% es
                                       <1% it

                jp-shop                          NO CHECKOUTS           7            10m    0.4s
                    1m       0    0%    5m       0 -100%    1h       3   new   24h     410 >999%
                          0.00 /1000          0.00 /1000          0.08 /1000          4.56 /1000""");
    }

    @Test
    void narrowTerminal_wrapsWindows_andStaysInside() {
        twoShops();

        assertThat(String.join("\n", table(60, 24))).isEqualTo("""
                checkout-metrics                     2026-01-05 10:00:00 UTC
                REPORT SUITE         STATE            HITS 1m   LAST     AGE
                eu-shop              live               1,204     2s    0.4s
                    1m      12  +20%    5m      61   -3%    1h     702  +12%
                          9.97 /1000          10.2 /1000          10.0 /1000
                   24h   1.23M   +1%
                          12.3 /1000
                  campaign 1h          14% newsletter-o~
                  country 1h           50% fr              28% de
                                       21% es              <1% it

                jp-shop              NO CHECKOUTS           7    10m    0.4s
                    1m       0    0%    5m       0 -100%    1h       3   new
                          0.00 /1000          0.00 /1000          0.08 /1000
                   24h     410 >999%
                          4.56 /1000""");
    }

    @Test
    void littleSpace_goesToWindowsFirst_andTheRestIsCounted() {
        twoShops();

        assertThat(table(80, 7))
                .hasSize(7)
                .anySatisfy(line -> assertThat(line).startsWith("jp-shop"))
                .anySatisfy(line -> assertThat(line).startsWith("  campaign"));
    }

    @Test
    void moreShopsThanLines_haveOneLineEach_andTheTroubleOfTheRestIsTold() {
        for (int i = 10; i < 40; i++) {
            total("shop-" + i)
                    .window(MINUTE, i == 39 ? 0 : i, 10, 1_000L * i)
                    .window(HOUR, 60L * i, 600, 60_000L * i)
                    .lastCheckoutAt(AS_OF.minusSeconds(i == 39 ? 30 : 2))
                    .into(latest);
        }

        assertThat(String.join("\n", table(80, 6))).isEqualTo("""
                checkout-metrics                                         2026-01-05 10:00:00 UTC
                REPORT SUITE                 STATE            CHECKOUTS           HITS 1m   LAST
                shop-10                      live            1m      10    0%      10,000     2s
                shop-11                      live            1m      11  +10%      11,000     2s
                shop-12                      live            1m      12  +20%      12,000     2s
                and 27 more: 1 NO CHECKOUTS, 26 live""");
        assertThat(table(110, 33))
                .hasSize(32)
                .last()
                .isEqualTo("shop-39                        NO CHECKOUTS    1m       0 -100%"
                        + "      39,000    30s    1h   2,340 +290%    0.4s");
        assertThat(table(24, 5)).last().isEqualTo("and 28 more: 1 NO CHECK~");
    }

    @Test
    void everyLine_fits_whateverTheSize() {
        twoShops();
        total("a report suite with a very long name \u65e5\u672c\u8a9e\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e")
                .window(Duration.ofMinutes(90), 1, 1, 1L)
                .into(latest);

        for (int columns = 24; columns < 200; columns++) {
            for (int lines = 5; lines < 30; lines++) {
                int width = columns;
                assertThat(table(columns, lines))
                        .hasSizeLessThanOrEqualTo(lines)
                        .allSatisfy(line -> assertThat(CellText.width(line)).isLessThanOrEqualTo(width));
            }
        }
    }

    @Test
    void states_areToldApart() {
        total("a-idle").window(MINUTE, 0, 5, 0L).status(Status.INPUT_IDLE).into(latest);
        total("b-stalled").window(MINUTE, 3, 5, 9L).status(Status.STALLED).into(latest);
        total("c-old").window(MINUTE, 3, 5, 9L).asOf(NOW.minusSeconds(90)).into(latest);
        nothingBought("d-nothing", AS_OF.minusSeconds(60)).into(latest);
        total("e-nobody").window(MINUTE, 0, 5, 0L).window(HOUR, 10, 10, 6_000L).into(latest);
        total("e-quiet").window(MINUTE, 0, 5, 9L).into(latest);
        total("f-corrected").window(MINUTE, 4, 5, 9L).status(Status.CORRECTED).into(latest);
        total("g-live").window(MINUTE, 4, 5, 9L).status(Status.ON_TIME).into(latest);

        assertThat(table(80, 40))
                .filteredOn(line -> line.matches("[a-z]-.*"))
                .extracting(line -> line.substring(0, 46).replaceAll(" +", " ").strip())
                .containsExactly(
                        "a-idle INPUT IDLE",
                        "b-stalled STALLED",
                        "c-old OUTDATED",
                        "d-nothing NO CHECKOUTS",
                        "e-nobody NO TRAFFIC",
                        "e-quiet quiet",
                        "f-corrected corrected",
                        "g-live live");
    }

    /** Fifteen checkouts were to be expected since the last one. */
    private static TestMetrics nothingBought(String suite, Instant last) {
        return total(suite)
                .window(MINUTE, 0, 5, 3_000L)
                .window(HOUR, 100, 100, 20_000L)
                .lastCheckoutAt(last);
    }

    @Test
    void minuteWithoutCheckouts_inAQuietShop_isNoTrouble() {
        total("eu-shop")
                .window(MINUTE, 0, 1, 9L)
                .window(HOUR, 20, 20, 2_000L)
                .lastCheckoutAt(AS_OF.minusSeconds(90))
                .into(latest);

        assertThat(table(80, 24).get(2)).startsWith("eu-shop ").contains(" live ");
    }

    @Test
    void missingCheckouts_stayMissing_untilThereIsOne() {
        LiveTable table = new LiveTable("checkout-metrics", Duration.ofSeconds(15), Look.PLAIN, List.of());
        TerminalSize size = new TerminalSize(80, 24);
        Instant last = AS_OF.minusSeconds(60);
        nothingBought("eu-shop", last).into(latest);
        assertThat(table.lines(latest, NOW, size, "").get(2)).contains(" NO CHECKOUTS ");

        total("eu-shop")
                .window(MINUTE, 0, 0, 1L)
                .window(HOUR, 9, 9, 2L)
                .lastCheckoutAt(last)
                .into(latest);
        assertThat(table.lines(latest, NOW, size, "").get(2)).contains(" NO CHECKOUTS ");

        total("eu-shop").window(MINUTE, 1, 0, 1L).window(HOUR, 9, 9, 2L).into(latest);
        assertThat(table.lines(latest, NOW, size, "").get(2)).contains(" live ");
    }

    @Test
    void namesWithEscapeSequences_areHarmless() {
        total("eu\u001b[2Jshop\r\n").window(MINUTE, 1, 1, 1L).into(latest);
        item("eu\u001b[2Jshop\r\n", "coun\u0007try", "f\u202er\u001b]0;x\u009b")
                .window(MINUTE, 1, 1, null)
                .into(latest);

        List<String> lines = table(80, 24);

        assertThat(lines).allSatisfy(line -> assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 127));
        assertThat(lines.get(2)).startsWith("eu?[2Jshop?? ");
        assertThat(lines.get(5)).startsWith("  coun?try 1m         100% f?r?]0;x?");
    }

    @Test
    void wideCharacters_takeTwoColumns_andAreCutToFit() {
        total("jp").window(MINUTE, 1, 1, 1L).into(latest);
        item("jp", "campaign", "\u79cb\u306e\u30ad\u30e3\u30f3\u30da\u30fc\u30f3")
                .window(MINUTE, 1, 1, null)
                .into(latest);

        assertThat(table(new Look(false, "\u2026"), 80, 24, "").get(5))
                .isEqualTo("  campaign 1m         100% \u79cb\u306e\u30ad\u30e3\u30f3\u30da\u2026");
    }

    @Test
    void seriesThatAreGone_areNotShown() {
        twoShops();
        latest.put(new Series("eu-shop", "campaign", "newsletter-of-the-42nd-week"), null);
        latest.put(Series.total("jp-shop"), null);

        assertThat(table(80, 24))
                .noneMatch(line -> line.contains("newsletter"))
                .noneMatch(line -> line.contains("jp-shop"));
    }

    @Test
    void colours_comeOnlyWhereTheyAreWelcome() {
        twoShops();

        assertThat(String.join("", table(80, 24))).doesNotContain("\u001b");
        Map<String, String> terminal = Map.of("TERM", "xterm");
        assertThat(String.join("", table(Look.of(terminal, StandardCharsets.UTF_8), 80, 24, "")))
                .contains("\u001b[32mlive        \u001b[0m")
                .contains("\u001b[33mNO CHECKOUTS\u001b[0m");
        assertThat(Look.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), StandardCharsets.UTF_8))
                .isEqualTo(new Look(false, "\u2026"));
        assertThat(Look.of(Map.of("TERM", "dumb"), StandardCharsets.US_ASCII)).isEqualTo(Look.PLAIN);
    }

    @Test
    void footer_staysBelowEverything_asItIs_whateverElseThereIsToShow() {
        for (int i = 0; i < 40; i++) {
            total("shop-" + i).window(MINUTE, i, i, 1L).into(latest);
        }
        Look coloured = Look.of(Map.of("TERM", "xterm"), StandardCharsets.UTF_8);
        List<String> footer = List.of("Paste this:", "export KAFKA=127.0.0.1:9092 REGISTRY=http://127.0.0.1:8081");

        List<String> lines = table(coloured, 80, 24, "waiting: x", footer);

        assertThat(lines).hasSizeLessThanOrEqualTo(24);
        assertThat(lines.subList(lines.size() - 2, lines.size())).isEqualTo(footer);
        assertThat(table(coloured, 80, 11, "", footer)).noneMatch(line -> line.contains("export"));
    }

    @Test
    void withoutMetrics_itSaysSo_andANoticeComesLast() {
        assertThat(table(Look.PLAIN, 60, 24, "waiting: x"))
                .containsExactly(
                        "checkout-metrics                     2026-01-05 10:00:00 UTC",
                        "Nothing has been published yet.",
                        "waiting: x");
    }
}
