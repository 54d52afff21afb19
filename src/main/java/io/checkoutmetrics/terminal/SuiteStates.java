package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.subscriber.Judge;
import io.checkoutmetrics.subscriber.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each report suite is doing, in view of what was said of it before. Not thread-safe. */
final class SuiteStates {
    private final Duration outdatedAfter;
    private final Map<String, Judge> judges = new HashMap<>();

    /** @param outdatedAfter how old the newest record of a total may be */
    SuiteStates(Duration outdatedAfter) {
        this.outdatedAfter = outdatedAfter;
    }

    /**
     * @param total the newest record of a report suite's
     * @param alert the newest alert of it, if any
     */
    SuiteState of(CheckoutMetrics total, @Nullable CheckoutAlert alert, Instant now) {
        Judge judge = judges.computeIfAbsent(total.getReportSuite(), suite -> new Judge(outdatedAfter));
        judge.alert(alert);
        Verdict verdict = judge.judge(total, now);
        return SuiteState.of(total, now, outdatedAfter, verdict, judge.alarm().isPresent());
    }
}
