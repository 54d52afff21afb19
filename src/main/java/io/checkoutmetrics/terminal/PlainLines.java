package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import io.checkoutmetrics.subscriber.Alarms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The totals as lines for a file or a pipe: one for each report suite with news, once a second at most. */
public final class PlainLines {
    private static final Duration ONCE_IN = Duration.ofSeconds(1);

    private final SuiteStates states;
    private final Map<String, Instant> told = new HashMap<>();
    private Instant lastAt = Instant.MIN;

    /** @param outdatedAfter how old a total's newest record may be before the lines say so */
    public PlainLines(Duration outdatedAfter) {
        this.states = new SuiteStates(outdatedAfter);
    }

    /** The lines that are due now. */
    public List<String> due(LatestMetrics latest, Instant now) {
        if (lastAt.isAfter(now.minus(ONCE_IN))) {
            return List.of();
        }
        lastAt = now;
        List<String> lines = new ArrayList<>();
        for (CheckoutMetrics total : latest.totals()) {
            if (!total.getAsOf().equals(told.put(total.getReportSuite(), total.getAsOf()))) {
                lines.add(line(total, latest.alert(total.getReportSuite()), now));
            }
        }
        return lines;
    }

    private String line(CheckoutMetrics total, @Nullable CheckoutAlert alert, Instant now) {
        StringBuilder line = new StringBuilder()
                .append(total.getAsOf())
                .append("  ")
                .append(CellText.harmless(total.getReportSuite()))
                .append("  ")
                .append(states.of(total, alert, now).word());
        for (WindowMetrics window : total.getWindows()) {
            line.append("  ")
                    .append(Numbers.size(SuiteWindows.size(window)))
                    .append(": ")
                    .append(window.getCheckouts())
                    .append(" (")
                    .append(Numbers.change(window.getCheckouts(), window.getPreviousCheckouts()))
                    .append(')');
        }
        WindowMetrics shortest = SuiteWindows.shortest(total);
        if (shortest != null && shortest.getHits() != null) {
            line.append("  hits: ")
                    .append(shortest.getHits())
                    .append("  per 1,000 hits: ")
                    .append(Numbers.perThousand(shortest.getCheckouts(), shortest.getHits()));
        }
        if (alert != null && Alarms.lasts(alert)) {
            line.append("  ").append(Alarms.numbers(alert));
        }
        return line.toString();
    }
}
