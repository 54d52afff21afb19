package io.checkoutmetrics.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesWatchTest {
    private static final long MONDAY_MS = 1_767_571_200_000L; // 5 January 2026
    private static final int DAY = 24 * 60;
    private static final double BUSY = 2;
    private static final int HITS_OF_A_CHECKOUT = 20;

    private final List<Finding> findings = new ArrayList<>();
    private final Random random = new Random(5);
    private SeriesWatch watch = begun();
    private long nowMs = MONDAY_MS;

    private static SeriesWatch begun() {
        return new SeriesWatch(ZoneOffset.UTC, new Sensitivity(0.1));
    }

    /** Minutes with so many checkouts and hits per second, on average. */
    private SeriesWatchTest minutes(int minutes, double checkouts, double hits) {
        for (int second = 0; second < minutes * 60; second++) {
            long came = poisson(checkouts);
            watch.take(new Step(nowMs, 1_000, came, Math.max(came, poisson(hits))), findings::add);
            nowMs += 1_000;
        }
        return this;
    }

    private SeriesWatchTest usual(int minutes) {
        return minutes(minutes, BUSY, BUSY * HITS_OF_A_CHECKOUT);
    }

    private long poisson(double mean) {
        double product = random.nextDouble();
        long count = 0;
        for (double limit = Math.exp(-mean); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    private List<Kind> kinds() {
        return findings.stream().map(Finding::kind).toList();
    }

    /** Of one alarm: it is told again while it lasts. */
    private List<Kind> changes() {
        List<Kind> changes = new ArrayList<>();
        kinds().stream()
                .filter(kind -> changes.isEmpty() || changes.get(changes.size() - 1) != kind)
                .forEach(changes::add);
        return changes;
    }

    private SeriesWatchTest watching() {
        usual(4 * DAY);
        assertThat(kinds()).containsExactly(Kind.LEARNING, Kind.WATCHING);
        findings.clear();
        return this;
    }

    @Test
    void usualDays_raiseNothing_andItSaysWhenItHasSeenEnough() {
        watching().usual(4 * DAY);
        assertThat(findings).isEmpty();
    }

    @Test
    void nothingArrives_isNoInput_withinSeconds_andRecoversOnce() {
        long beganMs = watching().nowMs;
        minutes(10, 0, 0).usual(30);
        assertThat(changes()).containsExactly(Kind.NO_INPUT, Kind.RECOVERED);
        Finding raised = findings.get(0);
        assertThat(raised.asOfMs() - beganMs).isBetween(5_000L, 8_000L);
        assertThat(raised.sinceMs()).isBetween(beganMs - 2_000, beganMs + 1_000);
        assertThat(raised.actual()).isLessThan((long) raised.lower());
        assertThat(raised.confidence()).isBetween(0.9, 1.0);
        Finding recovered = findings.get(findings.size() - 1);
        assertThat(recovered.ended()).isEqualTo(Kind.NO_INPUT);
        assertThat(recovered.expected()).isBetween(20_000.0, 30_000.0);
        assertThat(recovered.asOfMs() - beganMs).isBetween(660_000L, 670_000L);
    }

    @Test
    void hitsWithoutCheckouts_areNoCheckouts() {
        long beganMs = watching().nowMs;
        minutes(30, 0, BUSY * HITS_OF_A_CHECKOUT).usual(30);
        assertThat(changes()).containsExactly(Kind.NO_CHECKOUTS, Kind.RECOVERED);
        assertThat(findings.get(0).asOfMs() - beganMs).isLessThan(15_000);
    }

    @Test
    void halfOfTheCheckouts_isADrop_andNoCheckoutsAfterThatReplaceIt() {
        long beganMs = watching().nowMs;
        minutes(10, BUSY / 2, BUSY * HITS_OF_A_CHECKOUT);
        assertThat(changes()).containsExactly(Kind.DROP);
        assertThat(findings.get(0).asOfMs() - beganMs).isLessThan(180_000);
        minutes(10, 0, BUSY * HITS_OF_A_CHECKOUT).usual(30);
        assertThat(changes()).containsExactly(Kind.DROP, Kind.NO_CHECKOUTS, Kind.RECOVERED);
    }

    @Test
    void moreCheckoutsThanTheHitsExplain_areASpike_butACampaignIsNot() {
        watching().minutes(10, 5 * BUSY, (HITS_OF_A_CHECKOUT + 5) * BUSY).usual(60);
        assertThat(changes()).containsExactly(Kind.SPIKE, Kind.RECOVERED);
        findings.clear();
        minutes(30, 3 * BUSY, 3 * HITS_OF_A_CHECKOUT * BUSY).usual(60);
        assertThat(changes()).doesNotContain(Kind.SPIKE);
    }

    @Test
    void whatWasHeldBack_andComesAllAtOnceAfterAnOutage_isNoSpike() {
        watching()
                .minutes(10, 0, 0)
                .minutes(2, 6 * BUSY, BUSY * HITS_OF_A_CHECKOUT)
                .usual(30);
        assertThat(changes()).containsExactly(Kind.NO_INPUT, Kind.RECOVERED);
    }

    @Test
    void withoutHistory_onlyACompleteStopIsFound() {
        usual(60).minutes(20, BUSY / 2, BUSY * HITS_OF_A_CHECKOUT);
        assertThat(kinds()).containsExactly(Kind.LEARNING);
        minutes(5, 0, BUSY * HITS_OF_A_CHECKOUT);
        assertThat(changes()).containsExactly(Kind.LEARNING, Kind.NO_CHECKOUTS);
    }

    @Test
    void shopThatHasTwoCheckoutsAnHour_isNotAlarmedByAQuietHour() {
        double rare = 2 / 3600.0;
        minutes(4 * DAY, rare, 0.5);
        findings.clear();
        minutes(60, 0, 0.5).minutes(4 * DAY, rare, 0.5);
        assertThat(findings).isEmpty();
    }

    @Test
    void dropThatLastsForDays_becomesTheNewUsual() {
        watching().minutes(3 * DAY, BUSY / 2, BUSY * HITS_OF_A_CHECKOUT);
        assertThat(changes()).containsExactly(Kind.DROP, Kind.RECOVERED);
    }

    @Test
    void itemWithoutHits_isWatchedByItsCheckoutsAlone() {
        for (int second = 0; second < 4 * DAY * 60 + 60; second++) {
            long came = second < 4 * DAY * 60 ? poisson(BUSY) : 0;
            watch.take(new Step(nowMs, 1_000, came, Step.UNKNOWN), findings::add);
            nowMs += 1_000;
        }
        assertThat(changes()).containsExactly(Kind.LEARNING, Kind.WATCHING, Kind.NO_CHECKOUTS);
    }

    /** Written and read again at any step, it finds the same. */
    @Test
    void restoredAnywhere_itGoesOnTheSame() {
        List<Finding> straight = story(1 << 30);
        assertThat(straight).hasSizeGreaterThan(5);
        assertThat(story(997)).isEqualTo(straight);
    }

    private List<Finding> story(int restoredEvery) {
        findings.clear();
        watch = begun();
        nowMs = MONDAY_MS;
        Random same = new Random(11);
        byte[] minutes = null;
        byte[] weeks = null;
        for (int second = 0; second < 5 * DAY * 60; second++) {
            int ofDay = second % (DAY * 60);
            boolean isOut = second > 4 * DAY * 60 && ofDay % 20_000 < 900;
            long came = isOut ? 0 : same.nextInt(5) * (ofDay < 20_000 ? 1 : 2);
            watch.take(new Step(nowMs, 1_000, came, 20 * came), findings::add);
            nowMs += 1_000;
            if (second % restoredEvery == 0 || second > 4 * DAY * 60 && restoredEvery == 997 && second % 61 == 0) {
                minutes = watch.takeMinutesChanged() ? watch.minutes() : minutes;
                weeks = watch.takeWeeksChanged() ? watch.weeks() : weeks;
                byte[] now = watch.now();
                watch = begun();
                watch.restore(now, minutes, weeks);
            }
        }
        return List.copyOf(findings);
    }
}
