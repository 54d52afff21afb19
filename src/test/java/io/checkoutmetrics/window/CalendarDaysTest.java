package io.checkoutmetrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarDaysTest {
    private static final List<String> ZONES = List.of(
            "Europe/Paris",
            "America/New_York",
            "America/Sao_Paulo",
            "America/St_Johns",
            "Pacific/Apia",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "-03:30");

    private static long ms(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris,      2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 23",
        "Europe/Paris,      2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 25",
        "Europe/Paris,      2026-07-01T21:59:59.999Z, 2026-06-30T22:00:00Z, 24",
        "America/Sao_Paulo, 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 23", // midnight was skipped
        "Pacific/Apia,      2011-12-30T12:00:00Z, 2011-12-30T10:00:00Z, 24", // the 31st; there was no 30th
        "Asia/Kathmandu,    2026-01-05T00:00:00Z, 2026-01-04T18:15:00Z, 24"
    })
    void dayOfAZone_startsAtItsFirstInstant_andLastsAsLongAsItsClocksSay(
            String zone, String time, String start, int hours) {
        Slices days = Slices.days(1, ZoneId.of(zone));
        assertThat(Instant.ofEpochMilli(days.startOf(ms(time)))).isEqualTo(Instant.parse(start));
        assertThat(Duration.ofMillis(days.endOf(ms(time)) - days.startOf(ms(time))))
                .isEqualTo(Duration.ofHours(hours));
    }

    @Test
    void hourThatClocksShowTwiceAroundMidnight_belongsToTheDayThatHasBegun() {
        Slices days = Slices.days(1, ZoneId.of("America/St_Johns")); // at 0:01 back to 23:01 of the day before
        long midnight = ms("2010-11-07T02:30:00Z");
        assertThat(days.startOf(midnight - 1)).isEqualTo(ms("2010-11-06T02:30:00Z"));
        assertThat(days.startOf(midnight)).isEqualTo(midnight);
        assertThat(days.startOf(ms("2010-11-07T02:45:00Z"))).isEqualTo(midnight);
        assertThat(days.endOf(midnight)).isEqualTo(ms("2010-11-08T03:30:00Z"));
    }

    @Test
    void daysInUtc_areEvenSlices() {
        assertThat(Slices.days(7, ZoneOffset.UTC))
                .isEqualTo(Slices.every(Duration.ofDays(7).toMillis()));
        assertThat(Slices.days(1, ZoneId.of("Etc/UTC")))
                .isEqualTo(Slices.every(Duration.ofDays(1).toMillis()));
    }

    @Test
    void severalDays_areCountedFrom1970() {
        Slices weeks = Slices.days(7, ZoneId.of("Europe/Paris"));
        assertThat(weeks.startOf(ms("2026-01-07T22:59:59Z"))).isEqualTo(ms("2025-12-31T23:00:00Z"));
        assertThat(weeks.endOf(ms("2026-01-01T00:00:00Z"))).isEqualTo(ms("2026-01-07T23:00:00Z"));
        assertThatThrownBy(() -> Slices.days(0, ZoneId.of("Europe/Paris")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void slices_leaveNeitherGapNorOverlap_andTheirTileFits(
            @ForAll @IntRange(max = 8) int zone,
            @ForAll @IntRange(min = 1, max = 3) int days,
            @ForAll @LongRange(min = 946_684_800_000L, max = 1_900_000_000_000L) long time) {
        Slices slices = Slices.days(days, ZoneId.of(ZONES.get(zone)));
        long start = slices.startOf(time);
        long end = slices.endOf(time);
        assertThat(time).isBetween(start, end - 1);
        assertThat(slices.startOf(start)).isEqualTo(start);
        assertThat(slices.startOf(end - 1)).isEqualTo(start);
        assertThat(slices.startOf(end)).isEqualTo(end);
        assertThat(start % slices.tileMs()).isZero();
        assertThat(slices.tileMs())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(30).toMillis());
    }
}
