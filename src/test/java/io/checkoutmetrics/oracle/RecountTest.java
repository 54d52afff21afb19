package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Timelines counted by hand: what is counted, where and when. De-duplication has a test of its own. */
class RecountTest {

    @Test
    void hit_isOneCheckout_andTheSumOfItsValues() {
        Day day = new Day().hit("10:00:05", "scCheckout,scCheckout=3").hit("10:00:06", "event1");

        assertThat(day.said()).containsExactly("10:00 eu 1/4 of 2 hits");
        assertThat(day.outcomes()).isEqualTo("{NOT_CHECKOUT=1, COUNTED=1}");
    }

    @Test
    void finals_areOfTheContractsForm() {
        assertThat(new Day()
                        .with("dimensions", "country")
                        .hit("10:00:05", "scCheckout=2", "country=fr")
                        .finals()
                        .intervals())
                .hasToString("[{\"reportSuite\":\"eu\",\"dimension\":\"\",\"item\":\"\","
                        + "\"start\":\"2026-01-05T10:00:00Z\",\"end\":\"2026-01-05T10:01:00Z\",\"checkouts\":1,"
                        + "\"increments\":2,\"visitors\":null,\"visits\":null,\"hits\":1,\"cartValue\":null},"
                        + " {\"reportSuite\":\"eu\",\"dimension\":\"country\",\"item\":\"fr\","
                        + "\"start\":\"2026-01-05T10:00:00Z\",\"end\":\"2026-01-05T10:01:00Z\",\"checkouts\":1,"
                        + "\"increments\":2,\"visitors\":null,\"visits\":null,\"hits\":null,\"cartValue\":null}]");
    }

    @Test
    void checkoutOfSeveralProducts_countsOnceForEachOfThem_forEachCategory_andInTheTotal() {
        Day day = new Day()
                .with("dimensions", "product,category")
                .hit("10:00:05", "scCheckout=2", "products=x;a;1;5,;b,x;a, y^,z ; c^^d")
                .hit("10:00:06", "scCheckout", "products=,;;1;2, x ")
                .hit("10:00:07", "scCheckout", "country=fr");

        assertThat(day.said())
                .containsExactly(
                        "10:00 eu 3/4 of 3 hits",
                        "10:00 eu category=(none) 1/1",
                        "10:00 eu category=x 2/3",
                        "10:00 eu category=y,z 1/2",
                        "10:00 eu product=(none) 2/2",
                        "10:00 eu product=a 1/2",
                        "10:00 eu product=b 1/2",
                        "10:00 eu product=c^d 1/2");
    }

    @Test
    void cart_isWorthThePricesOfItsProducts_byCurrency() {
        Recount.Finals finals = new Day()
                .with("dimensions", "currency")
                .with("cart.value", "true")
                .hit("10:00:05", "scCheckout", "currency=EUR", "products=x;a;2;59.90,;b;1;.1,;c;1;-5,;;;1.0000009")
                .hit("10:00:06", "scCheckout", "currency=EUR", "products=;a;1;1000000000000,;b;1;0.9,;c;1;1e3,;d;1;1,5")
                .hit("10:00:07", "scCheckout", "currency=JPY")
                .hit("10:00:08", "scCheckout", "products=;a;1;7")
                .finals();

        assertThat(finals.intervals())
                .extracting(json -> json.path("item").asText() + "=" + json.path("cartValue"))
                .containsExactly("=null", "(none)=null", "EUR=62.9", "JPY=0.0");
    }

    @Test
    void productsBeyondAHundred_countTogether() {
        String products = IntStream.range(0, 103).mapToObj(i -> ";p" + i % 102).collect(Collectors.joining(","));
        Recount.Finals finals = new Day()
                .with("dimensions", "product")
                .hit("10:00:05", "scCheckout", "products=" + products)
                .finals();

        assertThat(finals.intervals())
                .hasSize(102)
                .extracting(json -> json.path("item").asText())
                .contains("p99", "(more)")
                .doesNotContain("p100", "p101");
    }

    @Test
    void visitorsAndVisits_areThoseOfTheCheckoutsThatCount_andUnknownWhereNoneOfThemSays() {
        Recount.Finals finals = new Day()
                .with("visitors", "true")
                .hit("10:00:01", "scCheckout:A", "visitorId=v1", "visitId=v1-1")
                .hit("10:00:02", "scCheckout:B", "visitorId=v1", "visitId=v1-2")
                .hit("10:00:03", "scCheckout:C", "visitorId=v2")
                .hit("10:00:04", "scCheckout:C", "visitorId=v3", "visitId=v3-1")
                .hit("10:00:05", "event1", "visitorId=v4", "visitId=v4-1")
                .hit("10:01:01", "scCheckout:D")
                .hit("10:02:01", "event1", "visitorId=v5")
                .finals();

        assertThat(finals.intervals())
                .extracting(json -> json.path("visitors") + " " + json.path("visits"))
                .containsExactly("2 2", "null null", "0 0");
    }

    @Test
    void interval_startsWithItsFirstInstant_andEndsBeforeItsLast() {
        Day day = new Day()
                .hit("10:00:59.999", "scCheckout")
                .hit("10:01:00", "scCheckout")
                .hit("10:01:30", "scCheckout");

        assertThat(day.said()).containsExactly("10:00 eu 1/1 of 1 hits", "10:01 eu 2/2 of 2 hits");
    }

    @Test
    void checkout_isCountedWhenItHappened_itsHitWhenItWasReceived() {
        Day day = new Day().hit("10:07:10", "scCheckout", "time=10:02:30");

        assertThat(day.said()).containsExactly("10:02 eu 1/1 of 0 hits", "10:07 eu 0/0 of 1 hits");
    }

    @Test
    void item_isThereOnlyWithCheckouts_andAnAbsentOrEmptyOneIsNone() {
        Day day = new Day()
                .with("dimensions", "country,dimensions.eVar5")
                .hit("10:00:01", "scCheckout", "country=fr", "dimensions.eVar5=x")
                .hit("10:00:02", "scCheckout", "country=")
                .hit("10:00:03", "event1", "country=de");

        assertThat(day.said())
                .containsExactly(
                        "10:00 eu 2/2 of 3 hits",
                        "10:00 eu country=(none) 1/1",
                        "10:00 eu country=fr 1/1",
                        "10:00 eu dimensions.eVar5=(none) 1/1",
                        "10:00 eu dimensions.eVar5=x 1/1");
    }

    @Test
    void suites_areCountedApart_andSortedWithinAnInterval() {
        Day day = new Day()
                .hit("10:00:01", "scCheckout:A", "reportSuite=us")
                .hit("10:00:02", "scCheckout:A")
                .hit("10:01:00", "", "reportSuite=eu");

        assertThat(day.said())
                .containsExactly("10:00 eu 1/1 of 1 hits", "10:00 us 1/1 of 1 hits", "10:01 eu 0/0 of 1 hits");
    }

    @Test
    void grace_isStillTaken_andAMillisecondMoreIsLate() {
        Day day = new Day()
                .hit("10:10:00", "scCheckout", "time=10:00:00")
                .hit("10:10:00.001", "scCheckout", "time=10:00:00");

        assertThat(day.said()).containsExactly("10:00 eu 1/1 of 0 hits", "10:10 eu 0/0 of 2 hits");
        assertThat(day.outcomes()).isEqualTo("{LATE=1, COUNTED=1}");
    }

    @Test
    void clockAhead_isPutBackToTheTimeReceived_ifItIsNotFarAhead() {
        Day day = new Day()
                .hit("10:00:00", "scCheckout", "time=10:05:00")
                .hit("10:00:00", "scCheckout", "time=10:05:00.001")
                .hit("10:00:01", "scCheckout", "time=2036-01-05T10:00:00Z");

        assertThat(day.said()).containsExactly("10:00 eu 1/1 of 3 hits");
        assertThat(day.outcomes()).isEqualTo("{FUTURE_TIMESTAMP=2, COUNTED=1}");
    }

    @Test
    void timeBefore2000_isBad_alsoOfACheckoutThatIsLateAnyway() {
        Day day = new Day()
                .hit("10:00:00", "scCheckout", "time=1970-01-01T00:00:00Z")
                .hit("10:00:00", "scCheckout", "time=1969-12-31T23:59:59Z")
                .hit("10:00:00", "scCheckout", "time=1999-12-31T23:59:59.999Z")
                .hit("10:00:00", "scCheckout", "time=2000-01-01T00:00:00Z")
                .hit("10:00:00", "event1", "time=1970-01-01T00:00:00Z");

        assertThat(day.said()).containsExactly("10:00 eu 0/0 of 5 hits");
        assertThat(day.outcomes()).isEqualTo("{NOT_CHECKOUT=1, BAD_TIMESTAMP=3, LATE=1}");
    }

    @Test
    void invalidValue_refusesTheWholeHit_unlessTheHitIsExcluded() {
        Day day = new Day()
                .hit("10:00:01", "scCheckout,scCheckout=abc")
                .hit("10:00:02", "scCheckout=0,scCheckout=-1")
                .hit("10:00:03", "scCheckout=abc", "excluded=exclude_hit");

        assertThat(day.said()).containsExactly("10:00 eu 0/0 of 3 hits");
        assertThat(day.outcomes()).isEqualTo("{EXCLUDED=1, INVALID_EVENT_VALUE=2}");
    }

    @Test
    void excludedHit_isAHit_andNoCheckoutIsNotExcluded() {
        Day day = new Day()
                .hit("10:00:01", "scCheckout", "excluded=hit_source")
                .hit("10:00:02", "event1", "excluded=hit_source");

        assertThat(day.said()).containsExactly("10:00 eu 0/0 of 2 hits");
        assertThat(day.outcomes()).isEqualTo("{NOT_CHECKOUT=1, EXCLUDED=1}");
    }

    @Test
    void unreadableHit_isNoHit() {
        Day day = new Day()
                .unreadable("10:00:00", "truncated")
                .hit("10:00:01", "scCheckout", "reportSuite=")
                .hit("10:00:01", "scCheckout", "reportSuite=" + "x".repeat(256))
                .hit("10:00:02", "scCheckout," + "e".repeat(64 * 1024));

        assertThat(day.said()).isEmpty();
        assertThat(day.outcomes()).isEqualTo("{UNREADABLE=4}");
        assertThat(day.finals().notes()).hasToString("{oversized_events=1, truncated=1, unknown_report_suite=2}");
    }

    @Test
    void everyConfiguredEvent_qualifies() {
        Day day = new Day().with("checkout.events", "scCheckout,event7").hit("10:00:01", "event7=5,scCheckout");

        assertThat(day.said()).containsExactly("10:00 eu 1/6 of 1 hits");
    }

    @Test
    void everyConfiguredInterval_hasItsFinals() {
        Day day = new Day()
                .with("intervals", "1m,1h")
                .hit("10:59:00", "scCheckout")
                .hit("11:00:00", "scCheckout");

        assertThat(day.said())
                .containsExactly(
                        "10:00 eu 1/1 of 1 hits",
                        "10:59 eu 1/1 of 1 hits",
                        "11:00 eu 1/1 of 1 hits",
                        "11:00 eu 1/1 of 1 hits");
        assertThat(day.finals().endedBy(Day.at("11:00:00"))).hasSize(2);
    }

    @Test
    void outcomes_sumUpToTheHitsRead() {
        Day day = new Day()
                .hit("10:00:00", "scCheckout:A,SCCHECKOUT,scCheckout:a-b")
                .hit("10:00:01", "scCheckout:A")
                .unreadable("10:00:02", "bad_frame");

        assertThat(day.outcomes()).isEqualTo("{UNREADABLE=1, DUPLICATE=1, COUNTED=1}");
        assertThat(day.finals().hitsRead()).isEqualTo(3);
        assertThat(day.finals().notes()).hasToString("{bad_frame=1, invalid_event_id=1, near_miss=1}");
    }

    @Test
    void whatTheRulesDoNotDecide_isNotJudged() {
        assertThatThrownBy(() -> new Day()
                        .hit("10:00:01", "event1")
                        .hit("10:00:00.799", "scCheckout")
                        .finals())
                .hasMessageContaining("0@1")
                .hasMessageContaining("watermark.delay");
        assertThatThrownBy(() -> new Day()
                        .with("dimensions", "country")
                        .hit("10:00:00", "scCheckout", "country=" + "x".repeat(256))
                        .finals())
                .hasMessageContaining("255 bytes");
    }
}
