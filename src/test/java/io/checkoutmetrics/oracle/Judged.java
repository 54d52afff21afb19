package io.checkoutmetrics.oracle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What a hit is by itself, before any other hit is looked at. */
sealed interface Judged {

    /** It counts nowhere. */
    record Refused(Outcome outcome, String reason) implements Judged {
        Refused(Outcome outcome) {
            this(outcome, outcome.counter());
        }
    }

    /** It counts, unless it was counted before. */
    record Checkout(Arrival arrival, long eventTimeMs, List<EventItem> items) implements Judged {}

    int SUITE_BYTES = 255;
    int EVENTS_BYTES = 64 * 1024;
    long YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    static Judged of(Arrival arrival, Rules rules) {
        if (arrival.unreadable() != null) {
            return new Refused(Outcome.UNREADABLE, Objects.requireNonNull(arrival.unreadable()));
        }
        int suiteBytes = bytes(arrival.reportSuite());
        if (suiteBytes == 0 || suiteBytes > SUITE_BYTES) {
            return new Refused(Outcome.UNREADABLE, "unknown_report_suite");
        }
        if (bytes(arrival.events()) > EVENTS_BYTES) {
            return new Refused(Outcome.UNREADABLE, "oversized_events");
        }
        List<EventItem> items = EventItem.of(arrival.events(), rules);
        if (items.isEmpty()) {
            return new Refused(Outcome.NOT_CHECKOUT);
        }
        if (arrival.excluded()) {
            return new Refused(Outcome.EXCLUDED);
        }
        if (items.stream().anyMatch(item -> item.increment() == null)) {
            return new Refused(Outcome.INVALID_EVENT_VALUE);
        }
        return timed(arrival, items, rules);
    }

    private static Judged timed(Arrival arrival, List<EventItem> items, Rules rules) {
        long received = arrival.recordTimeMs();
        long claimed = arrival.clientTimeMs().orElse(received);
        if (claimed < YEAR_2000) {
            return new Refused(Outcome.BAD_TIMESTAMP);
        }
        if (claimed - received > rules.maxFuture().toMillis()) {
            return new Refused(Outcome.FUTURE_TIMESTAMP);
        }
        long happened = Math.min(claimed, received);
        if (received - happened > rules.grace().toMillis()) {
            return new Refused(Outcome.LATE);
        }
        return new Checkout(arrival, happened, items);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
