package io.checkoutmetrics.alarm;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The traffic of one shop over some weeks, second by second, the same for the same seed: the rhythm of day and week, growth,
 * good and bad days, moods of minutes, campaigns, hits in clusters — and trouble, twice a day from the fifth day on.
 */
final class MadeUpShop {
    private static final double[] BY_HOUR = {
        0.50, 0.30, 0.18, 0.13, 0.12, 0.18, 0.36, 0.65, 0.92, 1.12, 1.22, 1.26, 1.42, 1.36, 1.20, 1.20, 1.26, 1.36,
        1.52, 1.78, 2.00, 1.92, 1.50, 0.95
    };
    private static final double MEAN_HOUR = 1.06;
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 86_400_000;
    private static final long FIRST_TROUBLE_DAY = 4;
    private static final double HITS_OF_A_CLUSTER = 3;

    private record Campaign(long startMs, double factor, long rampMs, long fadeMs) {
        double at(long timeMs) {
            if (timeMs < startMs) {
                return 1;
            }
            double up = Math.min(1, (timeMs - startMs) / (double) rampMs);
            return 1 + (factor - 1) * up * Math.exp(-(timeMs - startMs) / (double) fadeMs);
        }
    }

    final String name;
    private final double checkoutsPerSecond;
    private final double hitsPerCheckout;
    private final ZoneId zone;
    private final double[] byDay;
    private final long startMs;
    private final int days;
    private final Random random;
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<Campaign> campaigns = new ArrayList<>();
    private double mood;
    private double conversionMood;
    private double robots;
    private double left;
    private int batchSeconds = 1;

    MadeUpShop(
            String name,
            double checkoutsPerMinute,
            double hitsPerCheckout,
            String zone,
            double weekend,
            Instant start,
            int days,
            long seed) {
        this.name = name;
        this.checkoutsPerSecond = checkoutsPerMinute / 60;
        this.hitsPerCheckout = hitsPerCheckout;
        this.zone = ZoneId.of(zone);
        this.byDay = new double[] {1.1, 1.02, 1, 0.98, 0.92, weekend, weekend * 1.1};
        this.startMs = start.toEpochMilli();
        this.days = days;
        this.random = new Random(seed);
        plant();
    }

    private void plant() {
        for (int half = 2 * (int) FIRST_TROUBLE_DAY; half < 2 * days; half++) {
            long at = startMs + half * DAY_MS / 2 + (long) (random.nextDouble() * 0.8 * DAY_MS / 2);
            Trouble.Sort sort = Trouble.Sort.values()[random.nextInt(Trouble.Sort.values().length)];
            long minutes = switch (sort) {
                case OUTAGE -> 10 + random.nextInt(36);
                case LITTLE_LEFT -> 30 + random.nextInt(151);
                case TAG_LOST -> 20 + random.nextInt(41);
                case HALF -> 10;
                case ROBOTS -> 10 + random.nextInt(11);
            };
            troubles.add(new Trouble(sort, at, at + minutes * MINUTE_MS));
        }
        for (int day = 1; day < days; day += 2 + random.nextInt(3)) {
            long at = startMs + day * DAY_MS + (long) (random.nextDouble() * DAY_MS);
            campaigns.add(new Campaign(
                    at,
                    1.3 + 1.7 * random.nextDouble(),
                    (3 + random.nextInt(8)) * MINUTE_MS,
                    (40 + random.nextInt(120)) * MINUTE_MS));
        }
    }

    /** Its collector sends what came in so many seconds at once. */
    MadeUpShop inBatchesOf(int seconds) {
        batchSeconds = seconds;
        return this;
    }

    List<Trouble> troubles() {
        return troubles;
    }

    ZoneId zone() {
        return zone;
    }

    /** Checkouts per minute that are usual at that time, moods left aside. */
    double usualPerMinute(long timeMs) {
        return 60 * checkoutsPerSecond * rhythm(timeMs);
    }

    private double rhythm(long timeMs) {
        ZonedDateTime local = Instant.ofEpochMilli(timeMs).atZone(zone);
        double into = local.getMinute() / 60.0;
        double byHour = BY_HOUR[local.getHour()] * (1 - into) + BY_HOUR[(local.getHour() + 1) % 24] * into;
        double growth = 1 + 0.1 * (timeMs - startMs) / (30.0 * DAY_MS);
        return byHour / MEAN_HOUR * byDay[local.getDayOfWeek().getValue() - 1] * growth;
    }

    void play(Consumer<Step> steps) {
        long[] waiting = new long[2];
        playEvenly(step -> {
            waiting[0] += step.checkouts();
            waiting[1] += step.hits();
            boolean isSent = step.endMs() / 1_000 % batchSeconds == 0;
            steps.accept(new Step(step.startMs(), step.widthMs(), isSent ? waiting[0] : 0, isSent ? waiting[1] : 0));
            if (isSent) {
                waiting[0] = 0;
                waiting[1] = 0;
            }
        });
    }

    private void playEvenly(Consumer<Step> steps) {
        double dayFactor = 1;
        for (long minute = startMs; minute < startMs + days * DAY_MS; minute += MINUTE_MS) {
            if ((minute - startMs) % DAY_MS == 0) {
                dayFactor = Math.exp(0.05 * random.nextGaussian());
            }
            mood = drift(mood, 20, 0.06);
            conversionMood = drift(conversionMood, 30, 0.05);
            double campaign = 1;
            for (Campaign one : campaigns) {
                campaign *= one.at(minute);
            }
            double traffic = checkoutsPerSecond * rhythm(minute) * dayFactor * Math.exp(mood) * campaign;
            double conversion = Math.exp(conversionMood) * (1 + 0.1 * (campaign - 1));
            for (long second = minute; second < minute + MINUTE_MS; second += 1_000) {
                steps.accept(second(second, traffic, traffic * conversion));
            }
        }
    }

    private double drift(double before, double memoryMinutes, double size) {
        double kept = Math.exp(-1 / memoryMinutes);
        return before * kept + size * Math.sqrt(1 - kept * kept) * random.nextGaussian();
    }

    private Step second(long timeMs, double traffic, double checkouts) {
        Trouble.Sort sort = null;
        for (Trouble trouble : troubles) {
            if (trouble.holds(timeMs)) {
                sort = trouble.sort();
                if (timeMs - trouble.startMs() < 1_000) {
                    robots = 3 + 5 * random.nextDouble();
                    left = 0.05 + 0.25 * random.nextDouble();
                }
            }
        }
        double share = sort == Trouble.Sort.LITTLE_LEFT ? left : 1;
        double rate =
                share * (sort == Trouble.Sort.TAG_LOST ? 0 : sort == Trouble.Sort.HALF ? checkouts / 2 : checkouts);
        long came = poisson(0.9 * rate) + 2 * poisson(0.05 * rate);
        long hits = Math.max(
                came, (long) (HITS_OF_A_CLUSTER * poisson(share * traffic * hitsPerCheckout / HITS_OF_A_CLUSTER)));
        if (sort == Trouble.Sort.ROBOTS) {
            long more = poisson(robots * Math.max(checkouts, 0.02));
            came += more;
            hits += 2 * more;
        }
        long start = timeMs - timeMs % 1_000;
        return sort == Trouble.Sort.OUTAGE ? new Step(start, 1_000, 0, 0) : new Step(start, 1_000, came, hits);
    }

    private long poisson(double mean) {
        if (mean > 60) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
