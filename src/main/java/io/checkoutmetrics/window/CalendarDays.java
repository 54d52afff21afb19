package io.checkoutmetrics.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Days of a time zone, or so many in a row, counted from 1 January 1970. Where clocks change a day has 23 or 25 hours. A
 * day begins at the first instant of its date; midnights that clocks skip or show twice leave neither gap nor overlap,
 * since an instant belongs to the last day that has begun by then.
 *
 * @param days in one slice, positive
 * @param zone whose clocks and calendar count
 */
record CalendarDays(int days, ZoneId zone) implements Slices {
    private static final Instant FIRST_HIT = Instant.parse("2000-01-01T00:00:00Z");

    CalendarDays {
        if (days <= 0) {
            throw new IllegalArgumentException("at least one day: " + days);
        }
    }

    @Override
    public long startOf(long timeMs) {
        return startMs(firstDay(timeMs));
    }

    @Override
    public long endOf(long timeMs) {
        return startMs(firstDay(timeMs).plusDays(days));
    }

    private LocalDate firstDay(long timeMs) {
        LocalDate day = Instant.ofEpochMilli(timeMs).atZone(zone).toLocalDate().plusDays(1);
        while (startMs(day) > timeMs) { // clocks that go back behind midnight show the day before once more
            day = day.minusDays(1);
        }
        return day.minusDays(Math.floorMod(day.toEpochDay(), days));
    }

    private long startMs(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    @Override
    public long id() {
        return -days;
    }

    @Override
    public long longestMs() {
        return (days + 1) * EvenSlices.DAY_MS; // clocks go back by hours, never by a day
    }

    /**
     * A day starts at midnight, that is a day's multiple less an offset of the zone, or where midnight was skipped at the
     * instant of the change.
     */
    @Override
    public long tileMs() {
        ZoneRules rules = zone.getRules();
        LongStream now = LongStream.of(
                Duration.ofDays(1).toSeconds(), rules.getOffset(FIRST_HIT).getTotalSeconds());
        LongStream changes = changesSince2000(rules)
                .flatMapToLong(change -> LongStream.of(
                        change.toEpochSecond(), change.getOffsetAfter().getTotalSeconds()));
        return 1_000
                * Slices.commonWidth(
                        LongStream.concat(now, changes).map(Math::abs).filter(seconds -> seconds > 0));
    }

    private static Stream<ZoneOffsetTransition> changesSince2000(ZoneRules rules) {
        Stream<ZoneOffsetTransition> past = rules.getTransitions().stream()
                .filter(change -> change.getInstant().isAfter(FIRST_HIT));
        int lastYear = rules.getTransitions().isEmpty()
                ? 2000
                : rules.getTransitions()
                        .get(rules.getTransitions().size() - 1)
                        .getDateTimeBefore()
                        .getYear();
        Stream<ZoneOffsetTransition> future = Stream.iterate(lastYear + 1, year -> year + 1)
                .limit(4) // the rules are the same every year, and only the time of day matters
                .flatMap(year -> rules.getTransitionRules().stream().map(rule -> rule.createTransition(year)));
        return Stream.concat(past, future);
    }

    @Override
    public String toString() {
        return days + "d " + zone;
    }
}
