package io.checkoutmetrics.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.avro.AlertKind;
import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.Status;
import io.checkoutmetrics.avro.WindowMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:10:00Z");
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Judge judge = new Judge(Duration.ofSeconds(15));

    /** With so many checkouts and hits in the last hour. */
    private static CheckoutMetrics total(long checkouts, long hits) {
        return CheckoutMetrics.newBuilder()
                .setReportSuite("eu")
                .setDimension("")
                .setItem("")
                .setAsOf(NOW)
                .setRevision(0)
                .setStatus(Status.ON_TIME)
                .setLastCheckoutAt(NOW.minusSeconds(1_800))
                .setWindows(List.of(WindowMetrics.newBuilder()
                        .setSize("PT1H")
                        .setStart(NOW.minus(AN_HOUR))
                        .setEnd(NOW)
                        .setComplete(true)
                        .setCheckouts(checkouts)
                        .setIncrements(checkouts)
                        .setPreviousCheckouts(0)
                        .setHits(hits)
                        .build()))
                .build();
    }

    private static CheckoutAlert alert(AlertKind kind) {
        return CheckoutAlert.newBuilder()
                .setReportSuite("eu")
                .setDimension("")
                .setItem("")
                .setAsOf(NOW)
                .setKind(kind)
                .setSince(Instant.parse("2026-01-05T10:03:20Z"))
                .setExpected(42.4)
                .setActual(0)
                .setLower(20)
                .setUpper(60)
                .setConfidence(0.99)
                .build();
    }

    @Test
    void withoutAlerts_hitsDecide() {
        assertThat(judge.judge(total(100, 1_000), NOW)).isEqualTo(Verdict.NO_CHECKOUTS);
        assertThat(judge.alarm()).isEmpty();
    }

    @Test
    void alarmThatLasts_isTheVerdict() {
        judge.alert(alert(AlertKind.DROP));
        assertThat(judge.judge(total(100, 1_000), NOW)).isEqualTo(Verdict.DROP);
        assertThat(judge.alarm()).isPresent();
        judge.alert(alert(AlertKind.NO_INPUT));
        assertThat(judge.judge(total(100, 1_000), NOW)).isEqualTo(Verdict.NO_TRAFFIC);
    }

    @Test
    void whereAlertsKnowWhatIsUsual_andRaiseNothing_hitsAloneAreNoTrouble() {
        judge.alert(alert(AlertKind.WATCHING));
        assertThat(judge.judge(total(100, 1_000), NOW)).isEqualTo(Verdict.QUIET);
        judge.alert(alert(AlertKind.LEARNING));
        assertThat(judge.judge(total(100, 1_000), NOW)).isEqualTo(Verdict.NO_CHECKOUTS);
    }

    @Test
    void whatIsTooOld_isNotKnown_whateverTheAlertSays() {
        judge.alert(alert(AlertKind.NO_CHECKOUTS));
        assertThat(judge.judge(total(100, 1_000), NOW.plus(AN_HOUR))).isEqualTo(Verdict.NOT_KNOWN);
    }

    @Test
    void alertInWords_saysWhatWasExpected() {
        assertThat(Alarms.numbers(alert(AlertKind.NO_CHECKOUTS)))
                .isEqualTo("expected 42 checkouts, got 0 since 10:03:20 UTC");
        assertThat(Alarms.line(alert(AlertKind.NO_INPUT)))
                .isEqualTo("2026-01-05 10:10:00 UTC  eu  no hits: expected 42 hits, got 0 since 10:03:20 UTC");
    }
}
