package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.subscriber.Judge;
import io.checkoutmetrics.subscriber.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How each report suite is doing, in view of what was said of it before. Not thread-safe. */
final class SuiteStates {
    private final Duration outdatedAfter;
    private final Map<String, Judge> judges = new HashMap<>();

    /** @param outdatedAfter how old the newest record of a total may be */
    SuiteStates(Duration outdatedAfter) {
        this.outdatedAfter = outdatedAfter;
    }

    /** @param total the newest record of a report suite's */
    SuiteState of(CheckoutMetrics total, Instant now) {
        Verdict verdict = judges.computeIfAbsent(total.getReportSuite(), suite -> new Judge(outdatedAfter))
                .judge(total, now);
        return SuiteState.of(total, now, outdatedAfter, verdict);
    }
}
