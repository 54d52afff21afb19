package io.checkoutmetrics.alarm;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How much is usual at each hour of the week: the rates of its last weeks, of which the median counts. Hours that have been
 * seen only once or not at all lean on the same hour of the days before.
 */
final class WeekProfile {
    /** Of one hour of the week. */
    private static final int WEEKS = 4;

    /** So many speak for themselves, in spite of a campaign in one of them. */
    private static final int FEW_WEEKS = 3;

    /** So many days have to have been seen at that hour. */
    private static final int ENOUGH_DAYS = 3;

    private static final float UNKNOWN = -1;
    static final int BYTES = LocalHours.OF_WEEK * WEEKS * Float.BYTES;

    /** By hour of the week, newest first. */
    private final float[] rates = new float[LocalHours.OF_WEEK * WEEKS];

    private final double[] usual = new double[LocalHours.OF_WEEK];
    private final double[] least = new double[LocalHours.OF_WEEK];
    private final double[] most = new double[LocalHours.OF_WEEK];
    private boolean isChanged;

    WeekProfile() {
        Arrays.fill(rates, UNKNOWN);
        Arrays.fill(usual, UNKNOWN);
    }

    /** That hour of the week had that rate, per second. */
    void learn(int hour, double rate) {
        System.arraycopy(rates, hour * WEEKS, rates, hour * WEEKS + 1, WEEKS - 1);
        rates[hour * WEEKS] = (float) rate;
        work(hour % LocalHours.OF_DAY);
        isChanged = true;
    }

    /** Whether anything was learned since this was asked last. */
    boolean takeChanged() {
        boolean was = isChanged;
        isChanged = false;
        return was;
    }

    boolean isKnown(int hour) {
        return usual[hour] >= 0 && isSure(hour);
    }

    private boolean isSure(int hour) {
        return rates[hour * WEEKS + 1] >= 0 || daysSeen(hour % LocalHours.OF_DAY) >= ENOUGH_DAYS;
    }

    /** Whether that very hour of the week was seen, not only that hour of other days. */
    boolean isSeen(int hour) {
        return rates[hour * WEEKS] >= 0;
    }

    /** Rate per second at a time of the week: an hour, and how far it has gone. It changes evenly from hour to hour. */
    double at(int hour, double into) {
        return at(usual, hour, into);
    }

    /** The least that may be usual then: while few weeks are known, that of the same hour of the days before. */
    double leastAt(int hour, double into) {
        return at(least, hour, into);
    }

    /** The most that may be usual then. */
    double mostAt(int hour, double into) {
        return at(most, hour, into);
    }

    double at(int hour) {
        return usual[hour];
    }

    private double at(double[] rate, int hour, double into) {
        boolean isFirstHalf = into < 0.5;
        int other = Math.floorMod(isFirstHalf ? hour - 1 : hour + 1, LocalHours.OF_WEEK);
        if (!isKnown(other)) {
            return rate[hour];
        }
        double share = isFirstHalf ? 0.5 - into : into - 0.5;
        return rate[hour] * (1 - share) + rate[other] * share;
    }

    private void work(int hourOfDay) {
        double ofDays = medianOfDays(hourOfDay);
        for (int hour = hourOfDay; hour < LocalHours.OF_WEEK; hour += LocalHours.OF_DAY) {
            work(hour, ofDays);
        }
    }

    private void work(int hour, double ofDays) {
        int seen = seen(hour);
        boolean leansOnDays = seen < FEW_WEEKS && ofDays >= 0;
        double[] all = new double[seen + (leansOnDays ? 1 : 0)];
        for (int week = 0; week < seen; week++) {
            all[week] = rates[hour * WEEKS + week];
        }
        if (leansOnDays) {
            all[seen] = ofDays;
        }
        usual[hour] = all.length == 0 ? UNKNOWN : median(all);
        boolean isUnsure = leansOnDays && seen == 1;
        least[hour] = isUnsure ? Math.min(all[0], all[1]) : usual[hour];
        most[hour] = isUnsure ? Math.max(all[0], all[1]) : usual[hour];
    }

    private int seen(int hour) {
        int seen = 0;
        while (seen < WEEKS && rates[hour * WEEKS + seen] >= 0) {
            seen++;
        }
        return seen;
    }

    private double medianOfDays(int hourOfDay) {
        double[] days = new double[7];
        int seen = 0;
        for (int hour = hourOfDay; hour < LocalHours.OF_WEEK; hour += LocalHours.OF_DAY) {
            if (rates[hour * WEEKS] >= 0) {
                days[seen++] = rates[hour * WEEKS];
            }
        }
        return seen < ENOUGH_DAYS ? UNKNOWN : median(Arrays.copyOf(days, seen));
    }

    private int daysSeen(int hourOfDay) {
        int seen = 0;
        for (int hour = hourOfDay; hour < LocalHours.OF_WEEK; hour += LocalHours.OF_DAY) {
            seen += rates[hour * WEEKS] >= 0 ? 1 : 0;
        }
        return seen;
    }

    private static double median(double[] some) {
        Arrays.sort(some);
        int middle = some.length / 2;
        return some.length % 2 == 1 ? some[middle] : (some[middle - 1] + some[middle]) / 2;
    }

    void writeTo(ByteBuffer out) {
        for (float rate : rates) {
            out.putFloat(rate);
        }
    }

    void readFrom(ByteBuffer in) {
        for (int i = 0; i < rates.length; i++) {
            rates[i] = in.getFloat();
        }
        for (int hourOfDay = 0; hourOfDay < LocalHours.OF_DAY; hourOfDay++) {
            work(hourOfDay);
        }
    }
}
