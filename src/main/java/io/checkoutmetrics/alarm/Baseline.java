package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;

/** What is usual for one measure of a series, checkouts or hits, and how it is learned, minute by minute. */
final class Baseline {
    private static final long LAST_HOUR_MS = 45 * Time.MINUTE_MS;
    private static final double TRUST_IN_LAST_DAY = 30;
    private static final double TRUST_IN_WEEKS = 100;
    private static final double LEAST_MINUTES_OF_HOUR = 30;

    /** Nights come, but no hour has less than that of the one before. */
    private static final double OF_THE_HOUR_BEFORE = 0.25;

    private static final double ENOUGH_MINUTES = 20;
    private static final double UNSEEN_HOUR_SWAY = 2;

    private static final double FARTHEST_TO_LEARN = 1.5;

    private final LocalHours hours;
    private final WeekProfile profile = new WeekProfile();
    private final Level lastHour = new Level(LAST_HOUR_MS, TRUST_IN_LAST_DAY);
    private final Level lastDay = new Level(Time.DAY_MS, TRUST_IN_WEEKS);
    /** Checkouts or hits, by minutes: a rate. */
    private final Level lastHourRate = new Level(LAST_HOUR_MS, 0.01);

    private final Spread spread = new Spread();
    private double minutesKnown;
    private double inHour;
    private double minutesOfHour;
    private int hour = -1;

    Baseline(LocalHours hours) {
        this.hours = hours;
    }

    /** Of the minute that holds that time. */
    Expected at(long timeMs) {
        int now = hours.at(timeMs);
        if (!profile.isKnown(now)) {
            return fromLastHour();
        }
        double into = hours.into(timeMs);
        double day = lastDay.value(1);
        double hourOverDay = lastHour.value(day);
        double sway = spread.sway() * (profile.isSeen(now) ? 1 : UNSEEN_HOUR_SWAY);
        return new Expected(
                profile.leastAt(now, into) * Math.min(day, hourOverDay),
                profile.at(now, into) * hourOverDay,
                profile.mostAt(now, into) * Math.max(day, hourOverDay),
                spread.clusters(),
                sway,
                true);
    }

    private Expected fromLastHour() {
        if (minutesKnown < ENOUGH_MINUTES) {
            return Expected.NOTHING;
        }
        double rate = lastHourRate.value(0) / 60;
        return new Expected(
                OF_THE_HOUR_BEFORE * rate, rate, Double.POSITIVE_INFINITY, spread.clusters(), spread.sway(), false);
    }

    /** A minute in which all was as usual. */
    void learn(long minuteMs, double actual, double expected) {
        int now = hours.at(minuteMs);
        if (now != hour) {
            closeHour();
            hour = now;
        }
        inHour += actual;
        minutesOfHour++;
        minutesKnown++;
        lastHourRate.learn(actual, 1);
        if (profile.isKnown(now)) {
            double rhythm = profile.at(now, hours.into(minuteMs)) * 60;
            lastHour.learn(actual, rhythm);
            lastDay.learn(within(actual, rhythm * lastDay.value(1)), rhythm);
        }
        if (expected > 0) {
            spread.learn(actual, expected);
        }
    }

    /** A minute to leave out. */
    void skip() {
        spread.gap();
    }

    /** What a campaign or a bad hour brings is learned in part only; what lasts is learned all the same, in time. */
    private static double within(double actual, double usual) {
        return Math.max(usual / FARTHEST_TO_LEARN, Math.min(usual * FARTHEST_TO_LEARN, actual));
    }

    private void closeHour() {
        if (minutesOfHour >= LEAST_MINUTES_OF_HOUR) {
            double rate = inHour / minutesOfHour / 60;
            profile.learn(hour, profile.isKnown(hour) ? within(rate, profile.at(hour) * lastDay.value(1)) : rate);
        }
        inHour = 0;
        minutesOfHour = 0;
    }

    WeekProfile profile() {
        return profile;
    }

    void writeTo(ByteBuffer out) {
        lastHour.writeTo(out);
        lastDay.writeTo(out);
        lastHourRate.writeTo(out);
        spread.writeTo(out);
        out.putDouble(minutesKnown).putDouble(inHour).putDouble(minutesOfHour).putInt(hour);
    }

    void readFrom(ByteBuffer in) {
        lastHour.readFrom(in);
        lastDay.readFrom(in);
        lastHourRate.readFrom(in);
        spread.readFrom(in);
        minutesKnown = in.getDouble();
        inHour = in.getDouble();
        minutesOfHour = in.getDouble();
        hour = in.getInt();
    }
}
