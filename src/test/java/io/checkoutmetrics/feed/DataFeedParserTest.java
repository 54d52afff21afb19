package io.checkoutmetrics.feed;

import static io.checkoutmetrics.feed.TestFeed.T;
import static io.checkoutmetrics.feed.TestFeed.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.checkoutmetrics.avro.Hit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFeedParserTest {
    private static final String NOW = Long.toString(T);

    @Test
    void usernameIsTheReportSuite_inLowerCase_beforeTheOption() throws Exception {
        assertThat(hit("username", "EU-Shop").getReportSuite()).isEqualTo("eu-shop");
        assertThat(hit("username", "").getReportSuite()).isEqualTo("shop");
        assertThat(hit().getReportSuite()).isEqualTo("shop");
    }

    @Test
    void noReportSuite_isRefused_namingTheOption() {
        assertThatThrownBy(() -> parse(DataFeedOptions.NONE, "post_event_list", "11", "hit_time_gmt", NOW))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("--report-suite");
        assertThatThrownBy(
                        () -> parse(DataFeedOptions.NONE, "username", "", "post_event_list", "11", "hit_time_gmt", NOW))
                .isInstanceOf(BrokenLine.class)
                .hasMessageContaining("--report-suite");
    }

    @Test
    void noEventColumn_isRefused_ratherThanReadAsNoCheckouts() {
        assertThatThrownBy(() -> parse(DataFeedOptions.SUITE, "pagename", "p", "hit_time_gmt", NOW))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("post_event_list");
    }

    @Test
    void eventsAfterProcessing_areMeant_evenWhenEmpty() throws Exception {
        assertThat(hit("post_event_list", "", "event_list", "11").getEvents()).isEmpty();
        assertThat(parse(DataFeedOptions.SUITE, "event_list", "11", "hit_time_gmt", NOW)
                        .hit()
                        .getEvents())
                .isEqualTo("scCheckout");
    }

    @Test
    void eventNumbersInTheProductList_areNoEvents() throws Exception {
        Hit hit = hit("post_product_list", "c;p;1;9.99;11=1|200=2;eVar1=a^;b");
        assertThat(hit.getEvents()).isEmpty();
        assertThat(hit.getProducts()).isEqualTo("c;p;1;9.99;11=1|200=2;eVar1=a^;b");
    }

    @Test
    void clientTime_isWhenItHappened_andHitTimeWhenItWasReceived() throws Exception {
        ReceivedHit hit = withTimes("cust_hit_time_gmt", Long.toString(T - 60), "hit_time_gmt", NOW);
        assertThat(hit.hit().getTime()).isEqualTo(Instant.ofEpochSecond(T - 60));
        assertThat(hit.receivedMs()).isEqualTo(T * 1000);
    }

    @Test
    void clientTimeAlone_isBoth() throws Exception {
        ReceivedHit hit = withTimes("post_cust_hit_time_gmt", NOW, "date_time", "2026-01-05 11:00:00");
        assertThat(hit.hit().getTime()).isEqualTo(Instant.ofEpochSecond(T));
        assertThat(hit.receivedMs()).isEqualTo(T * 1000);
    }

    @Test
    void withoutClientTime_theHitHasNone() throws Exception {
        assertThat(withTimes("cust_hit_time_gmt", "0", "hit_time_gmt", NOW)
                        .hit()
                        .getTime())
                .isNull();
        assertThat(withTimes("cust_hit_time_gmt", "", "hit_time_gmt", NOW).hit().getTime())
                .isNull();
    }

    @Test
    void dateTimeWithItsZone_isWhenItWasReceived_insteadOfTheClientTime() throws Exception {
        DataFeedOptions paris = DataFeedOptions.SUITE.in("Europe/Paris");
        ReceivedHit hit = parse(
                paris, "event_list", "", "date_time", "2026-01-05 11:00:00", "cust_hit_time_gmt", Long.toString(T - 5));
        assertThat(hit.receivedMs()).isEqualTo(T * 1000);
        assertThat(hit.hit().getTime()).isEqualTo(Instant.ofEpochSecond(T - 5));
    }

    @Test
    void dateTimeAlone_withoutZone_isRefused_namingTheOption() {
        assertThatThrownBy(() -> withTimes("date_time", "2026-01-05 11:00:00"))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("--zone");
    }

    @Test
    void noTimeColumn_isRefused() {
        assertThatThrownBy(() -> withTimes("pagename", "p"))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("hit_time_gmt");
    }

    @ParameterizedTest
    @CsvSource({
        "hit_time_gmt,1.43E+9", "hit_time_gmt,1767607200000", "hit_time_gmt,12", "hit_time_gmt,-5",
        "hit_time_gmt,''", "hit_time_gmt,99999999999999999999", "cust_hit_time_gmt,yesterday", "cust_hit_time_gmt,5"
    })
    void timeOutOfReason_breaksTheRow(String column, String value) {
        assertThatThrownBy(() -> withTimes(column, value)).isInstanceOf(BrokenLine.class);
    }

    @ParameterizedTest
    @CsvSource({"2026-02-30 11:00:00", "05/01/2026 11:00", "2026-01-05T11:00:00"})
    void dateTimeThatIsNone_breaksTheRow(String value) {
        assertThatThrownBy(() -> parse(DataFeedOptions.SUITE.in("Europe/Paris"), "event_list", "", "date_time", value))
                .isInstanceOf(BrokenLine.class)
                .hasMessageContaining("date_time");
    }

    @Test
    void identifiers_areText_evenFromASpreadsheet() throws Exception {
        Hit hit = hit(
                "hitid_high",
                "00123",
                "hitid_low",
                "9223372036854775808999",
                "post_visid_high",
                "6.91753E+18",
                "post_visid_low",
                "007",
                "visit_num",
                "4",
                "visit_start_time_gmt",
                NOW);
        assertThat(hit.getHitId()).isEqualTo("00123-9223372036854775808999");
        assertThat(hit.getVisitorId()).isEqualTo("6.91753E+18:007");
        assertThat(hit.getVisitId()).isEqualTo("6.91753E+18:007:4:" + NOW);
    }

    @Test
    void hitIdThatASpreadsheetRounded_isAbsent_sinceOthersShareIt() throws Exception {
        assertThat(hit("hitid_high", "3.1E+18", "hitid_low", "12").getHitId()).isNull();
        assertThat(hit("hitid_high", "12", "hitid_low", "4.6e18").getHitId()).isNull();
    }

    @Test
    void identifierOfEmptyOrZeroHalves_isAbsent() throws Exception {
        assertThat(hit("hitid_high", "0", "hitid_low", "0").getHitId()).isNull();
        assertThat(hit("hitid_high", "1", "hitid_low", "").getHitId()).isNull();
        assertThat(hit("hitid_high", "1").getHitId()).isNull();
        assertThat(hit("hitid_high", "0", "hitid_low", "5").getHitId()).isEqualTo("0-5");
        assertThat(hit("visid_high", "", "visid_low", "5", "visit_num", "1", "visit_start_time_gmt", NOW)
                        .getVisitId())
                .isNull();
    }

    @Test
    void visitorBeforeProcessing_standsInForOneThatIsMissingAfter() throws Exception {
        assertThat(hit("visid_high", "1", "visid_low", "2", "post_visid_high", "", "post_visid_low", "")
                        .getVisitorId())
                .isEqualTo("1:2");
        assertThat(hit("visid_high", "1", "visid_low", "2", "post_visid_high", "3", "post_visid_low", "4")
                        .getVisitorId())
                .isEqualTo("3:4");
    }

    @Test
    void visitWithoutItsStart_isAbsent() throws Exception {
        assertThat(hit("visid_high", "1", "visid_low", "2", "visit_num", "3").getVisitId())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "exclude_hit,1,exclude_hit=1",
        "exclude_hit,4,exclude_hit=4",
        "exclude_hit,0,",
        "exclude_hit,'',",
        "customer_perspective,1,customer_perspective=1",
        "customer_perspective,0,",
        "hit_source,5,hit_source=5",
        "hit_source,7,hit_source=7",
        "hit_source,8,hit_source=8",
        "hit_source,9,hit_source=9",
        "hit_source,1,",
        "hit_source,6,",
        "hit_source,'',",
        "duplicate_purchase,1,duplicate_purchase=1",
        "duplicate_purchase,0,",
        "duplicate_purchase,2,"
    })
    void excludedHit_saysWhy(String column, String value, String reason) throws Exception {
        assertThat(hit(column, value).getExcluded()).isEqualTo(reason);
    }

    @Test
    void dimensions_comeFromTheirColumns_emptyOnesLeftOut() throws Exception {
        Hit hit = hit(
                "post_campaign",
                "spring",
                "geo_country",
                "fra",
                "country",
                "75",
                "post_pagename",
                "home",
                "post_currency",
                "EUR",
                "mobile_id",
                "208",
                "post_evar1",
                "one",
                "evar2",
                "two",
                "evar3",
                "before",
                "post_evar3",
                "",
                "post_evar250",
                "last",
                "post_evar251",
                "none",
                "post_channel",
                "shoes",
                "post_prop1",
                "traffic",
                "new_visit",
                "1");
        assertThat(hit.getCampaign()).isEqualTo("spring");
        assertThat(hit.getCountry()).isEqualTo("fra");
        assertThat(hit.getPageName()).isEqualTo("home");
        assertThat(hit.getCurrency()).isEqualTo("EUR");
        assertThat(hit.getDeviceType()).isEqualTo("208");
        assertThat(hit.getDimensions())
                .containsOnly(
                        entry("eVar1", "one"),
                        entry("eVar2", "two"),
                        entry("eVar250", "last"),
                        entry("channel", "shoes"),
                        entry("new_visit", "1"));
    }

    @Test
    void countryOfTheBrowserLookup_isNotTheCountry() throws Exception {
        assertThat(hit("country", "75").getCountry()).isNull();
    }

    @Test
    void rowOfAnotherWidth_isBroken() throws Exception {
        DataFeedParser parser = new DataFeedParser(
                "hits.tsv", new Columns(List.of("event_list", "hit_time_gmt")), EventNames.STANDARD, "shop", null);
        assertThatThrownBy(() -> parser.parse("11".getBytes(StandardCharsets.UTF_8), 2))
                .hasMessageContaining("1 columns");
        byte[] wide = ("11\t" + NOW + "\t").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> parser.parse(wide, wide.length)).hasMessageContaining("3 columns");
    }

    /** A hit received at {@link TestFeed#T} without events, of the report suite "shop" if no column says otherwise. */
    private static Hit hit(String... columnsAndValues) throws Exception {
        List<String> all = new ArrayList<>(List.of(columnsAndValues));
        all.addAll(List.of("post_event_list", "", "hit_time_gmt", NOW));
        return parse(DataFeedOptions.SUITE, all.toArray(String[]::new)).hit();
    }

    private static ReceivedHit withTimes(String... columnsAndValues) throws Exception {
        List<String> all = new ArrayList<>(List.of(columnsAndValues));
        all.addAll(List.of("event_list", "11"));
        return parse(DataFeedOptions.SUITE, all.toArray(String[]::new));
    }
}
