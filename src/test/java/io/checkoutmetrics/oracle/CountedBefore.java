package io.checkoutmetrics.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers what was counted, and when it was received. Only what counted is remembered: a duplicate neither leaves a
 * trace nor makes the first copy be remembered any longer.
 */
final class CountedBefore {
    private final Rules rules;
    private final Map<List<String>, Long> receivedAt = new HashMap<>();

    CountedBefore(Rules rules) {
        this.rules = rules;
    }

    /**
     * The items of a checkout that count; none: it is a duplicate. Checkouts must be given in the order in which they
     * are judged.
     */
    List<EventItem> count(Judged.Checkout checkout) {
        Arrival arrival = checkout.arrival();
        String suite = arrival.reportSuite();
        long now = arrival.recordTimeMs();
        Optional<List<String>> hit = arrival.text("hitId").map(id -> List.of("hit", suite, id, sameness(checkout)));
        if (hit.isPresent() && isRemembered(hit.get(), now, rules.hitIdRetention())) {
            return List.of();
        }
        List<EventItem> remaining = switch (rules.dedupModeOf(suite)) {
            case EVENT_ID -> newByEventId(suite, checkout.items(), now);
            case VISIT -> newByVisit(checkout, now);
            case ALWAYS -> checkout.items();
        };
        if (!remaining.isEmpty() && hit.isPresent()) {
            receivedAt.put(hit.get(), now);
        }
        return remaining;
    }

    /** A hit that is delivered again has the same event ID or visit again: what the mode goes by. */
    private String sameness(Judged.Checkout checkout) {
        return switch (rules.dedupModeOf(checkout.arrival().reportSuite())) {
            case EVENT_ID ->
                checkout.items().stream()
                        .filter(item -> item.id() != null)
                        .findFirst()
                        .map(item -> item.name() + ":" + item.id())
                        .orElse("");
            case VISIT -> checkout.arrival().text("visitId").orElse("");
            case ALWAYS -> "";
        };
    }

    /** The first item with an ID identifies the hit: if it was counted before, it is dropped, and only then. */
    private List<EventItem> newByEventId(String suite, List<EventItem> items, long now) {
        List<EventItem> once = withoutRepeats(items);
        Optional<EventItem> first =
                once.stream().filter(item -> item.id() != null).findFirst();
        if (first.isEmpty()) {
            return once;
        }
        List<String> identity = List.of(
                "event", suite, first.get().name(), String.valueOf(first.get().id()));
        if (isRemembered(identity, now, rules.eventIdRetention())) {
            once.remove(first.get());
            return once;
        }
        receivedAt.put(identity, now);
        return once;
    }

    private List<EventItem> newByVisit(Judged.Checkout checkout, long now) {
        Optional<String> visit = checkout.arrival().text("visitId");
        if (visit.isEmpty()) {
            return checkout.items();
        }
        List<String> identity = List.of("visit", checkout.arrival().reportSuite(), visit.get());
        if (isRemembered(identity, now, rules.visitRetention())) {
            return List.of();
        }
        receivedAt.put(identity, now);
        return checkout.items();
    }

    private static List<EventItem> withoutRepeats(List<EventItem> items) {
        Set<List<String>> seen = new HashSet<>();
        List<EventItem> once = new ArrayList<>();
        for (EventItem item : items) {
            if (item.id() == null || seen.add(List.of(item.name(), item.id()))) {
                once.add(item);
            }
        }
        return once;
    }

    private boolean isRemembered(List<String> identity, long now, Duration retention) {
        Long counted = receivedAt.get(identity);
        return counted != null && now - counted < retention.toMillis();
    }
}
