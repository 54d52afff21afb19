package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DeadLetterShareTest {
    private static final byte[] GARBAGE = {7, 7, 7};

    private static void garbage(Timeline shop, int hits, long everyMs) {
        for (int i = 0; i < hits; i++) {
            shop.later(everyMs).bytes(GARBAGE);
        }
    }

    private static void pageViews(Timeline shop, int hits, long everyMs) {
        for (int i = 0; i < hits; i++) {
            shop.later(everyMs).pageView("eu");
        }
    }

    private static void assertStops(ThrowingCallable story, String... why) {
        assertThatThrownBy(story)
                .rootCause()
                .isInstanceOf(TooManyDeadLettersException.class)
                .message()
                .contains(why);
    }

    @Test
    void nothingButGarbage_stopsTheJobAfterAMinute_sayingWhatToDo() {
        try (Timeline shop = Timeline.of()) {
            garbage(shop, 580, 100);
            assertStops(
                    () -> garbage(shop, 30, 100),
                    "hits of one minute (100%) were dead letters",
                    "of them bad_frame; dead-letters.max-share is 5%",
                    "newest records of \"checkout-dead-letters\"",
                    "--set dead-letters.max-share=off");
            assertThat(shop.deadLetters()).hasSizeBetween(590, 610);
        }
    }

    @Test
    void handfulOfBadHits_withLittleTraffic_neverStopsTheJob() {
        try (Timeline shop = Timeline.of()) {
            garbage(shop, 300, 1_000);
            assertThat(shop.deadLetters()).hasSize(300);
        }
    }

    @Test
    void shareUpToTheLimit_goesOn_andMoreThanThat_stopsTheJob() {
        try (Timeline shop = Timeline.of("dead-letters.max-share=50%")) {
            for (int i = 0; i < 900; i++) {
                shop.later(100).bytes(GARBAGE).pageView("eu");
            }
            assertStops(
                    () -> {
                        for (int i = 0; i < 1_300; i++) {
                            shop.later(100).bytes(GARBAGE).bytes(GARBAGE).pageView("eu");
                        }
                    },
                    "%) were dead letters",
                    "max-share is 50%");
        }
    }

    @Test
    void burstOfGarbage_isJudgedByItsWholeMinute() {
        try (Timeline shop = Timeline.of()) {
            garbage(shop, 120, 1);
            pageViews(shop, 6_000, 20);
            assertThat(shop.deadLetters()).hasSize(120);
        }
    }

    @Test
    void historyOfGarbage_stopsTheJob_onceItsRecordsHaveCoveredAMinute_thoughTheClockHasNot() {
        try (Timeline shop = Timeline.of()) {
            shop.at("12:00:00").backlogBegins();
            long from = Timeline.time("10:00:00").toEpochMilli();
            assertStops(
                    () -> {
                        for (int i = 0; i < 10_000; i++) {
                            shop.bytesDated(GARBAGE, from + i * 100L);
                        }
                    },
                    "(100%) were dead letters");
            assertThat(shop.deadLetters()).hasSizeBetween(600, 1_100);
        }
    }

    @Test
    void historyThatIsMostlyWell_isNotMeasuredByWhatIsReadInAMoment() {
        try (Timeline shop = Timeline.of()) {
            shop.at("12:00:00").backlogBegins();
            long from = Timeline.time("10:00:00").toEpochMilli();
            for (int i = 0; i < 120; i++) {
                shop.bytesDated(GARBAGE, from);
            }
            byte[] well = shop.bytesOf(io.checkoutmetrics.avro.Hit.newBuilder()
                    .setReportSuite("eu")
                    .build());
            for (int i = 0; i < 6_000; i++) {
                shop.bytesDated(well, from + i * 20L);
            }
            assertThat(shop.deadLetters()).hasSize(120);
        }
    }

    @Test
    void machineWhoseClockIsSlow_stopsTheJobAfterAMinute_insteadOfLosingEveryHit() {
        try (Timeline shop = Timeline.of()) {
            shop.at("10:00:00");
            assertStops(
                    () -> aheadOfClock(shop, 700),
                    "(100%) were received at times that are still to come, by this machine's clock",
                    "Set the clock right");
        }
    }

    @Test
    void oneOfThreeWritersWhoseClockIsFast_stopsNothing() {
        try (Timeline shop = Timeline.of()) {
            shop.at("10:00:00");
            for (int i = 0; i < 700; i++) {
                aheadOfClock(shop, 1);
                pageViews(shop, 2, 1);
            }
            shop.at("10:02:00").pageView("eu");
        }
    }

    /** Page views that say they are received at noon. */
    private static void aheadOfClock(Timeline shop, int hits) {
        byte[] view = shop.bytesOf(
                io.checkoutmetrics.avro.Hit.newBuilder().setReportSuite("eu").build());
        for (int i = 0; i < hits; i++) {
            shop.later(100);
            shop.bytesDated(view, Timeline.time("12:00:00").toEpochMilli());
        }
    }

    @Test
    void off_letsEverythingIntoTheDeadLetters() {
        try (Timeline shop = Timeline.of("dead-letters.max-share=off")) {
            garbage(shop, 1_500, 100);
            assertThat(shop.deadLetters()).hasSize(1_500);
        }
    }
}
