package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Timelines counted by hand: which of several hits counts. */
class DuplicatesTest {

    @Test
    void sameEventId_countsOnce_acrossPartitions() {
        Day day = new Day()
                .hit("10:00:02", "scCheckout:A", "hitId=h1")
                .partition(1)
                .hit("10:00:01", "scCheckout:A", "hitId=h2", "time=09:59:00")
                .hit("10:05:00", "scCheckout=7:A", "hitId=h3");

        assertThat(day.said())
                .containsExactly("09:59 eu 1/1 of 0 hits", "10:00 eu 0/0 of 2 hits", "10:05 eu 0/0 of 1 hits");
        assertThat(day.outcomes()).isEqualTo("{DUPLICATE=2, COUNTED=1}");
    }

    @Test
    void ofSimultaneousHits_theLowerHitIdCounts_whicheverWasRead() {
        Day day = new Day()
                .with("dimensions", "country")
                .hit("10:00:00", "scCheckout:A", "hitId=h2", "country=fr")
                .hit("10:00:00", "scCheckout:A", "hitId=h10", "country=de");

        assertThat(day.said()).containsExactly("10:00 eu 1/1 of 2 hits", "10:00 eu country=de 1/1");
    }

    @Test
    void eventIdIsForgotten_whenItsFirstCopyIsAsOldAsTheRetention_duplicatesDoNotRefreshIt() {
        Day day = new Day()
                .with("dedup.event-id.retention", "60s")
                .hit("10:00:00", "scCheckout:A")
                .hit("10:00:59.999", "scCheckout:A")
                .hit("10:01:00", "scCheckout:A")
                .hit("10:01:59", "scCheckout:A");

        assertThat(day.said()).containsExactly("10:00 eu 1/1 of 2 hits", "10:01 eu 1/1 of 2 hits");
    }

    @Test
    void idOfAnotherEvent_isAnotherIdentity() {
        Day day = new Day()
                .with("checkout.events", "scCheckout,event7")
                .hit("10:00:00", "scCheckout:A")
                .hit("10:00:01", "event7:A");

        assertThat(day.said()).containsExactly("10:00 eu 2/2 of 2 hits");
    }

    @Test
    void repeatsOfAnIdWithinAHit_areDropped_theFirstValueCounts() {
        Day day = new Day().hit("10:00:00", "scCheckout=2:A,scCheckout=5:A,scCheckout,scCheckout:B,scCheckout:B");

        assertThat(day.said()).containsExactly("10:00 eu 1/4 of 1 hits");
    }

    @Test
    void onlyTheFirstId_identifiesAHit() {
        Day day = new Day()
                .hit("10:00:00", "scCheckout:A,scCheckout:B")
                .hit("10:01:00", "scCheckout:B")
                .hit("10:02:00", "scCheckout:-,scCheckout=3:A,scCheckout=4:C,scCheckout=5");

        assertThat(day.said())
                .containsExactly("10:00 eu 1/2 of 1 hits", "10:01 eu 1/1 of 1 hits", "10:02 eu 1/10 of 1 hits");
    }

    @Test
    void invalidIds_areNeverDuplicates() {
        Day day = new Day().hit("10:00:00", "scCheckout:a-b").hit("10:00:01", "scCheckout:a-b");

        assertThat(day.said()).containsExactly("10:00 eu 2/2 of 2 hits");
    }

    @Test
    void redeliveredHit_countsOnce_inEveryMode_untilItsFirstCopyIsAsOldAsTheRetention() {
        for (String mode : new String[] {"event-id", "visit", "always"}) {
            Day day = new Day()
                    .with("dedup.mode", mode)
                    .hit("10:00:00", "scCheckout", "hitId=h1")
                    .hit("10:59:59.999", "scCheckout", "hitId=h1")
                    .hit("11:00:00", "scCheckout", "hitId=h1")
                    .hit("11:00:00", "scCheckout", "hitId=h1", "reportSuite=us");

            assertThat(day.said())
                    .containsExactly(
                            "10:00 eu 1/1 of 1 hits",
                            "10:59 eu 0/0 of 1 hits",
                            "11:00 eu 1/1 of 1 hits",
                            "11:00 us 1/1 of 1 hits");
        }
    }

    @Test
    void hitsWithoutHitId_areNeverRedelivered() {
        Day day = new Day().hit("10:00:00", "scCheckout", "hitId=").hit("10:00:00", "scCheckout", "hitId=");

        assertThat(day.said()).containsExactly("10:00 eu 2/2 of 2 hits");
    }

    @Test
    void refusedHit_leavesNoTrace() {
        Day day = new Day()
                .hit("10:00:00", "scCheckout:A", "hitId=h1", "time=09:00:00")
                .hit("10:00:01", "scCheckout:A", "hitId=h1", "time=2036-01-01T00:00:00Z")
                .hit("10:00:02", "scCheckout:A,scCheckout=x", "hitId=h1")
                .hit("10:00:03", "scCheckout:A", "hitId=h1", "excluded=hit_source")
                .hit("10:00:04", "scCheckout:A", "hitId=h1");

        assertThat(day.outcomes())
                .isEqualTo("{EXCLUDED=1, INVALID_EVENT_VALUE=1, FUTURE_TIMESTAMP=1, LATE=1, COUNTED=1}");
    }

    @Test
    void duplicate_leavesNoTrace() {
        Day day = new Day()
                .with("dedup.event-id.retention", "60s")
                .hit("10:00:00", "scCheckout:A", "hitId=h1")
                .hit("10:00:30", "scCheckout:A", "hitId=h2")
                .hit("10:01:00", "scCheckout:A", "hitId=h2");

        assertThat(day.said()).containsExactly("10:00 eu 1/1 of 2 hits", "10:01 eu 1/1 of 1 hits");
    }

    @Test
    void visitMode_countsOncePerVisit_andAlwaysWithoutVisit() {
        Day day = new Day()
                .with("dedup.mode", "visit")
                .with("dedup.visit.retention", "30m")
                .hit("10:00:00", "scCheckout=2:A,scCheckout:A", "visitId=v1")
                .hit("10:00:01", "scCheckout:B", "visitId=v1")
                .hit("10:00:02", "scCheckout:A", "visitId=v2")
                .hit("10:00:03", "scCheckout:A")
                .hit("10:00:04", "scCheckout:A")
                .hit("10:30:00", "scCheckout:C", "visitId=v1");

        assertThat(day.said()).containsExactly("10:00 eu 4/6 of 5 hits", "10:30 eu 1/1 of 1 hits");
    }

    @Test
    void alwaysMode_countsWhateverTheIds_andMayBeOfOneSuite() {
        Day day = new Day()
                .with("dedup.mode.us", "always")
                .hit("10:00:00", "scCheckout:A")
                .hit("10:00:01", "scCheckout:A")
                .hit("10:00:02", "scCheckout:A", "reportSuite=us")
                .hit("10:00:03", "scCheckout:A,scCheckout:A", "reportSuite=us");

        assertThat(day.said()).containsExactly("10:00 eu 1/1 of 2 hits", "10:00 us 2/3 of 2 hits");
    }
}
