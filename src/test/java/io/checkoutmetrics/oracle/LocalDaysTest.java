package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals of whole days, computed by hand; and around every change of clocks, minute by minute. */
class LocalDaysTest {
    private static final Duration DAY = Duration.ofDays(1);

    /** One line: a zone, an instant, and start and end of the day that it belongs to. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiterString = " ", textBlock = """
            UTC 2026-03-29T00:00:00Z 2026-03-29T00:00:00Z 2026-03-30T00:00:00Z
            UTC 2026-03-28T23:59:59.999Z 2026-03-28T00:00:00Z 2026-03-29T00:00:00Z
            Europe/Paris 2026-03-28T22:59:59.999Z 2026-03-27T23:00:00Z 2026-03-28T23:00:00Z
            Europe/Paris 2026-03-28T23:00:00Z 2026-03-28T23:00:00Z 2026-03-29T22:00:00Z
            Europe/Paris 2026-03-29T21:59:59.999Z 2026-03-28T23:00:00Z 2026-03-29T22:00:00Z
            Europe/Paris 2026-03-29T22:00:00Z 2026-03-29T22:00:00Z 2026-03-30T22:00:00Z
            Europe/Paris 2026-10-24T22:00:00Z 2026-10-24T22:00:00Z 2026-10-25T23:00:00Z
            Europe/Paris 2026-10-25T22:59:59.999Z 2026-10-24T22:00:00Z 2026-10-25T23:00:00Z
            Europe/Paris 2026-10-25T23:00:00Z 2026-10-25T23:00:00Z 2026-10-26T23:00:00Z
            Asia/Kathmandu 2026-01-05T18:14:59.999Z 2026-01-04T18:15:00Z 2026-01-05T18:15:00Z
            Asia/Kathmandu 2026-01-05T18:15:00Z 2026-01-05T18:15:00Z 2026-01-06T18:15:00Z
            """)
    void dayIsThatOfTheZone_andHas23Or25HoursWhenClocksChange(String zone, String time, String start, String end) {
        assertDay(zone, time, start, end);
    }

    /** Clocks went from 00:00 to 01:00: the day has no midnight. */
    @ParameterizedTest
    @CsvSource(delimiterString = " ", textBlock = """
            2018-11-04T02:59:59.999Z 2018-11-03T03:00:00Z 2018-11-04T03:00:00Z
            2018-11-04T03:00:00Z 2018-11-04T03:00:00Z 2018-11-05T02:00:00Z
            2018-11-05T02:00:00Z 2018-11-05T02:00:00Z 2018-11-06T02:00:00Z
            """)
    void midnightThatIsSkipped_dayStartsAfterTheGap(String time, String start, String end) {
        assertDay("America/Sao_Paulo", time, start, end);
    }

    /** Clocks went from 00:01, 02:31 in UTC, to 23:01 of the day before: the day had started, and goes on. */
    @ParameterizedTest
    @CsvSource(delimiterString = " ", textBlock = """
            2010-11-07T02:29:59.999Z 2010-11-06T02:30:00Z 2010-11-07T02:30:00Z
            2010-11-07T02:30:00Z 2010-11-07T02:30:00Z 2010-11-08T03:30:00Z
            2010-11-07T02:31:00Z 2010-11-07T02:30:00Z 2010-11-08T03:30:00Z
            2010-11-07T03:30:00Z 2010-11-07T02:30:00Z 2010-11-08T03:30:00Z
            """)
    void midnightThatComesTwice_dayStartsWithTheFirst_andIsNotLeftForTheDayBefore(
            String time, String start, String end) {
        assertDay("America/St_Johns", time, start, end);
    }

    /** From 29 December, ten hours behind UTC, to 31 December, fourteen ahead. */
    @ParameterizedTest
    @CsvSource(delimiterString = " ", textBlock = """
            2011-12-30T09:59:59.999Z 2011-12-29T10:00:00Z 2011-12-30T10:00:00Z
            2011-12-30T10:00:00Z 2011-12-30T10:00:00Z 2011-12-31T10:00:00Z
            """)
    void dateThatDidNotExist_hasNoInterval(String time, String start, String end) {
        assertDay("Pacific/Apia", time, start, end);
    }

    /** 30 December 2011 was day 15,338, which two divides: the two days have the 24 hours of the second. */
    @Test
    void severalDays_mayStartWithADateThatDidNotExist() {
        assertThat(LocalDate.parse("2011-12-30").toEpochDay()).isEqualTo(15_338);
        assertThat(interval("Pacific/Apia", "2011-12-30T10:00:00Z", Duration.ofDays(2)))
                .isEqualTo("2011-12-30T10:00:00Z 2011-12-31T10:00:00Z");
    }

    /** Day 0 was a Thursday, so weeks are from Thursday to Thursday. */
    @Test
    void sevenDays_startAtALocalMidnight_andContainTheChangeOfClocks() {
        assertThat(interval("Europe/Paris", "2026-03-29T12:00:00Z", Duration.ofDays(7)))
                .isEqualTo("2026-03-25T23:00:00Z 2026-04-01T22:00:00Z");
        assertThat(interval("Europe/Paris", "1970-01-01T12:00:00Z", Duration.ofDays(7)))
                .isEqualTo("1969-12-31T23:00:00Z 1970-01-07T23:00:00Z");
    }

    @Test
    void lengthThatIsNoWholeNumberOfDays_staysAlignedToTheEpoch() {
        assertThat(interval("Asia/Kathmandu", "2026-01-05T10:29:00Z", Duration.ofHours(1)))
                .isEqualTo("2026-01-05T10:00:00Z 2026-01-05T11:00:00Z");
        assertThat(interval("Asia/Kathmandu", "1970-01-02T13:00:00Z", Duration.ofHours(36)))
                .isEqualTo("1970-01-02T12:00:00Z 1970-01-04T00:00:00Z");
    }

    @Test
    void finals_areOfTheZonesDays() {
        Day paris = new Day()
                .with("intervals", "24h")
                .with("intervals.zone", "Europe/Paris")
                .hit("22:59:59.999", "scCheckout")
                .hit("23:00:00", "scCheckout=2");

        assertThat(paris.finals().intervals())
                .extracting(json -> json.path("start").asText() + " "
                        + json.path("end").asText() + " " + json.path("increments") + " of " + json.path("hits"))
                .containsExactly(
                        "2026-01-04T23:00:00Z 2026-01-05T23:00:00Z 1 of 1",
                        "2026-01-05T23:00:00Z 2026-01-06T23:00:00Z 2 of 1");
    }

    /** Mostly in the days around a change of clocks, where anything can go wrong. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyZone_anyTime_isWhatWalkingMinuteByMinuteFinds(long seed) {
        Random random = new Random(seed);
        List<String> zones = Arrays.stream(TimeZone.getAvailableIDs())
                .filter(ZoneId.getAvailableZoneIds()::contains)
                .sorted()
                .toList();
        for (int i = 0; i < 100; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            long minute = aroundAChange(zone, random);
            int days = 1 + random.nextInt(8);

            Interval interval = Interval.at(minute * 60_000, Duration.ofDays(days), zone, "eu", "", "");

            assertThat(interval.start() + " " + interval.end())
                    .as("%s, %s days at %s", zone, days, Instant.ofEpochSecond(minute * 60))
                    .isEqualTo(walked(zone, minute, days));
        }
    }

    private static long aroundAChange(ZoneId zone, Random random) {
        Instant any = Instant.parse("2000-01-10T00:00:00Z").plusSeconds(random.nextInt(35 * 365) * 86_400L);
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        Instant around = change == null || random.nextInt(10) == 0 ? any : change.getInstant();
        return Math.floorDiv(around.getEpochSecond(), 60) + random.nextInt(4_000) - 2_000;
    }

    /** The day is the latest date that clocks have shown; it changes when they first show a later one. */
    private static String walked(ZoneId zone, long minute, int days) {
        long from = minute - (days + 3) * 1440L;
        long day = Long.MIN_VALUE;
        long first = Long.MIN_VALUE;
        long start = Long.MIN_VALUE;
        for (long at = from; ; at++) {
            day = Math.max(day, date(zone, at));
            if (Math.floorDiv(day, days) > first) {
                if (at > minute) {
                    return Instant.ofEpochSecond(start * 60) + " " + Instant.ofEpochSecond(at * 60);
                }
                first = Math.floorDiv(day, days);
                start = at;
            }
        }
    }

    private static long date(ZoneId zone, long minute) {
        ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochSecond(minute * 60));
        return Math.floorDiv(minute * 60 + offset.getTotalSeconds(), 86_400);
    }

    private static void assertDay(String zone, String time, String start, String end) {
        assertThat(interval(zone, time, DAY)).isEqualTo(start + " " + end);
    }

    private static String interval(String zone, String time, Duration length) {
        Interval interval =
                Interval.at(Instant.parse(time).toEpochMilli(), length, ZoneId.of(zone), "eu", "country", "fr");
        return interval.start() + " " + interval.end();
    }
}
