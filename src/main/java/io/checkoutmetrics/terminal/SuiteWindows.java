package io.checkoutmetrics.terminal;

import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.avro.WindowMetrics;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Which of a record's windows to look at for what. */
final class SuiteWindows {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private SuiteWindows() {}

    static Duration size(WindowMetrics window) {
        return Duration.between(window.getStart(), window.getEnd());
    }

    /** The window that tells soonest what happens; null when there is none. */
    static @Nullable WindowMetrics shortest(CheckoutMetrics metrics) {
        return metrics.getWindows().stream()
                .min(Comparator.comparing(SuiteWindows::size))
                .orElse(null);
    }

    /** The window to compare items in: long enough for their order to be calm, the longest of an hour or less. */
    static @Nullable WindowMetrics ofItems(CheckoutMetrics metrics) {
        return metrics.getWindows().stream()
                .filter(window -> size(window).compareTo(AN_HOUR) <= 0)
                .max(Comparator.comparing(SuiteWindows::size))
                .orElse(shortest(metrics));
    }
}
