package io.checkoutmetrics.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes in batches is no trouble, and trouble in which something still comes is one trouble. */
class FlappingTest {
    private static final long MONDAY_MS = 1_767_571_200_000L; // 5 January 2026
    private static final int DAY = 24 * 60 * 60;

    private final List<Finding> findings = new ArrayList<>();
    private final Random random = new Random(5);
    private final SeriesWatch watch = new SeriesWatch(ZoneOffset.UTC, new Sensitivity(0.1));
    private double checkoutsPerSecond;
    private double hitsPerSecond;
    private long nowMs = MONDAY_MS;

    private void shop(double hits, double checkouts) {
        hitsPerSecond = hits;
        checkoutsPerSecond = checkouts;
    }

    /** Seconds with such a share of the usual, sent all so many seconds. */
    private void seconds(int seconds, double share, int batch) {
        long hits = 0;
        long checkouts = 0;
        for (int second = 0; second < seconds; second++) {
            hits += poisson(share * hitsPerSecond);
            checkouts += poisson(share * checkoutsPerSecond);
            boolean isSent = second % batch == batch - 1;
            watch.take(new Step(nowMs, 1_000, isSent ? checkouts : 0, isSent ? hits : 0), findings::add);
            nowMs += 1_000;
            hits = isSent ? 0 : hits;
            checkouts = isSent ? 0 : checkouts;
        }
    }

    private long poisson(double mean) {
        if (mean > 60) {
            return Math.round(mean + Math.sqrt(mean) * random.nextGaussian());
        }
        double product = random.nextDouble();
        long count = 0;
        for (double limit = Math.exp(-mean); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    private List<Kind> alarms() {
        List<Kind> alarms = new ArrayList<>();
        for (Finding one : findings) {
            boolean isAgain = !alarms.isEmpty() && alarms.get(alarms.size() - 1) == one.kind();
            if (!isAgain && one.kind() != Kind.LEARNING && one.kind() != Kind.WATCHING) {
                alarms.add(one.kind());
            }
        }
        return alarms;
    }

    @ParameterizedTest
    @CsvSource({
        "22, 1, 2",
        "22, 1, 5",
        "22, 1, 10",
        "22, 1, 60",
        "5, 0.2, 2",
        "5, 0.2, 5",
        "5, 0.2, 10",
        "5, 0.2, 60",
        "0.5, 0.02, 10",
        "0.5, 0.02, 60",
        "200, 10, 5",
        "200, 10, 60"
    })
    void batchesFromTheFirstDayOn_raiseNothing(double hits, double checkouts, int batch) {
        shop(hits, checkouts);
        seconds(7 * DAY, 1, batch);
        assertThat(alarms()).isEmpty();
        assertThat(watch.state()).isEqualTo(Kind.WATCHING);
    }

    @ParameterizedTest
    @CsvSource({"22, 1, 2", "22, 1, 5", "5, 0.2, 2", "5, 0.2, 5", "0.5, 0.02, 5", "200, 10, 2", "200, 10, 5"})
    void shortBatchesAfterEvenDays_raiseNothing(double hits, double checkouts, int batch) {
        shop(hits, checkouts);
        seconds(4 * DAY, 1, 1);
        seconds(7 * DAY, 1, batch);
        assertThat(alarms()).isEmpty();
    }

    /** The first long pause cannot be told from an outage; the others are known to be pauses. */
    @ParameterizedTest
    @CsvSource({"22, 1, 10", "22, 1, 60", "5, 0.2, 10", "5, 0.2, 60", "0.5, 0.02, 60", "200, 10, 10", "200, 10, 60"})
    void longBatchesAfterEvenDays_raiseOneAlarmAtMost(double hits, double checkouts, int batch) {
        shop(hits, checkouts);
        seconds(4 * DAY, 1, 1);
        seconds(7 * DAY, 1, batch);
        assertThat(alarms()).containsExactly(Kind.NO_INPUT, Kind.RECOVERED);
        assertThat(findings.get(2).asOfMs()).isLessThan(MONDAY_MS + 4 * DAY * 1_000L + 60_000);
    }

    @ParameterizedTest
    @CsvSource({"22, 1, 5", "5, 0.2, 10", "200, 10, 60"})
    void outageOfAShopThatSendsInBatches_isFound_soonAfterABatchIsMissing(double hits, double checkouts, int batch) {
        shop(hits, checkouts);
        seconds(5 * DAY, 1, batch);
        long lastMs = nowMs;
        seconds(3 * batch + 60, 0, batch);
        assertThat(alarms()).last().isEqualTo(Kind.NO_INPUT);
        Finding raised = findings.stream()
                .filter(one -> one.kind() == Kind.NO_INPUT)
                .findFirst()
                .orElseThrow();
        assertThat(raised.asOfMs() - lastMs).isBetween(batch * 1_000L, batch * 1_500L + 30_000);
        seconds(300, 1, batch);
        assertThat(alarms()).containsExactly(Kind.NO_INPUT, Kind.RECOVERED);
    }

    @ParameterizedTest
    @CsvSource({
        "22, 1, 0.05",
        "22, 1, 0.08",
        "22, 1, 0.15",
        "22, 1, 0.3",
        "5, 0.2, 0.05",
        "5, 0.2, 0.08",
        "5, 0.2, 0.15",
        "5, 0.2, 0.3",
        "0.5, 0.02, 0.05",
        "0.5, 0.02, 0.15",
        "200, 10, 0.05",
        "200, 10, 0.15",
        "200, 10, 0.3"
    })
    void whileLittleComes_forHours_thereIsOneAlarm_whichEndsOnce(double hits, double checkouts, double share) {
        shop(hits, checkouts);
        seconds(4 * DAY, 1, 1);
        seconds(6 * 60 * 60, share, 1);
        assertThat(alarms()).isNotEmpty().doesNotContain(Kind.RECOVERED).hasSizeLessThanOrEqualTo(3);
        seconds(6 * 60 * 60, 1, 1);
        assertThat(alarms()).hasSizeLessThanOrEqualTo(4).last().isEqualTo(Kind.RECOVERED);
        assertThat(alarms().stream().filter(kind -> kind == Kind.RECOVERED)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0", "0.02", "0.08", "0.15"})
    void checkoutsThatFailForGood_areUsualAfterAWeek_andItLearnsAnew(double share) {
        shop(22, 1);
        seconds(4 * DAY, 1, 1);
        checkoutsPerSecond *= share;
        seconds(14 * DAY, 1, 1);
        assertThat(alarms()).hasSizeLessThanOrEqualTo(4).last().isEqualTo(Kind.RECOVERED);
        assertThat(watch.state()).isEqualTo(Kind.WATCHING);
    }

    /** On and off, all day: nobody reads a hundred alarms a day. */
    @Test
    void outagesThatComeAndGo_areToldEverMoreSeldom() {
        shop(22, 1);
        seconds(4 * DAY, 1, 1);
        for (int time = 0; time < 24 * 12; time++) {
            seconds(240, 1, 1);
            seconds(60, 0, 1);
        }
        assertThat(alarms()).hasSizeBetween(2, 30);
    }

    @Test
    void outage_isNotTakenForAPause_soTheNextIsFoundAsSoon() {
        shop(22, 1);
        seconds(4 * DAY, 1, 1);
        seconds(900, 0, 1);
        seconds(7_200, 1, 1);
        findings.clear();
        long beganMs = nowMs;
        seconds(60, 0, 1);
        assertThat(alarms()).containsExactly(Kind.NO_INPUT);
        assertThat(findings.get(0).asOfMs() - beganMs).isLessThanOrEqualTo(8_000);
    }
}
