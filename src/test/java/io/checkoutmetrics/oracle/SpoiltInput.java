package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An input, and what a job would publish that mistook one of its hits: the right finals of an input in which that hit
 * is another.
 */
final class SpoiltInput {
    /** None of the input's own, so that a hit may be received at any time there. */
    private static final int APART = RightOutput.PARTITIONS;

    private final List<Arrival> hits = RightOutput.hits(300);
    private final Recount.Finals right = Recount.finals(hits, RightOutput.RULES);
    private final Map<List<String>, Integer> hitsByIdentity = new HashMap<>();

    SpoiltInput() {
        hits.forEach(hit -> identities(hit).forEach(identity -> hitsByIdentity.merge(identity, 1, Integer::sum)));
    }

    List<Arrival> hits() {
        return hits;
    }

    List<String> differences(List<Arrival> spoilt) {
        return Audit.compareUnordered(
                right.intervals(), Recount.finals(spoilt, RightOutput.RULES).intervals());
    }

    /** The same, of a job that counted all hits rightly: its mistake must show in the checkouts. */
    List<String> differencesInCheckouts(List<Arrival> spoilt) {
        Map<Interval, ObjectNode> published = new TreeMap<>();
        for (ObjectNode json : Recount.finals(spoilt, RightOutput.RULES).intervals()) {
            if (json.path("dimension").asText().isEmpty()) {
                json.put("hits", 0);
            }
            published.put(Interval.of(json), json);
        }
        for (ObjectNode json : right.intervals()) {
            if (json.path("hits").asLong() > 0) {
                ObjectNode empty = json.deepCopy().put("checkouts", 0).put("increments", 0);
                published.computeIfAbsent(Interval.of(json), absent -> empty).set("hits", json.path("hits"));
            }
        }
        published
                .values()
                .removeIf(json -> json.path("checkouts").asLong() == 0
                        && json.path("hits").asLong() == 0);
        return Audit.compareUnordered(right.intervals(), List.copyOf(published.values()));
    }

    /** Hits that had an outcome, and more about them. */
    Predicate<Recount.Verdict> are(Outcome outcome) {
        return verdict -> verdict.outcome() == outcome;
    }

    /** Checkouts that count and are no other's duplicate, nor has any other been taken for theirs. */
    Predicate<Recount.Verdict> countedAlone() {
        return are(Outcome.COUNTED)
                .and(verdict -> identities(verdict.arrival()).stream()
                        .allMatch(identity -> hitsByIdentity.getOrDefault(identity, 0) == 1));
    }

    /** Checkouts that count, and of which there are copies, all of another minute. */
    Predicate<Recount.Verdict> countedFirst() {
        return are(Outcome.COUNTED).and(verdict -> {
            List<Arrival> copies = hits.stream()
                    .filter(hit -> hit != verdict.arrival())
                    .filter(hit -> identities(hit).stream().anyMatch(identities(verdict.arrival())::contains))
                    .toList();
            return !copies.isEmpty() && copies.stream().noneMatch(copy -> minute(copy) == minute(verdict.arrival()));
        });
    }

    /** Hits whose hit ID others have too. */
    Predicate<Recount.Verdict> deliveredAgain() {
        return verdict -> identities(verdict.arrival()).stream()
                .anyMatch(identity -> identity.get(0).equals("hit") && hitsByIdentity.getOrDefault(identity, 0) > 1);
    }

    /** A mistake in one hit, where it is possible: it is replaced by none, one, or several. */
    Control<Arrival> mistake(
            String kind, Predicate<Recount.Verdict> possible, Function<Arrival, List<Arrival>> mistaken) {
        return new Control<>(kind, (input, place) -> {
            Recount.Verdict verdict = right.verdicts().get(place);
            if (!possible.test(verdict)) {
                return false;
            }
            input.remove(place);
            input.addAll(mistaken.apply(verdict.arrival()));
            return true;
        });
    }

    /** The same hit, but for what is changed. */
    static Arrival changed(Arrival hit, Consumer<ObjectNode> change) {
        ObjectNode changed = hit.hit().deepCopy();
        change.accept(changed);
        return Arrival.of(hit.partition(), hit.offset(), hit.recordTimeMs(), changed);
    }

    /** The same hit, happened and received at that time. */
    static Arrival at(long timeMs, Arrival hit) {
        return Arrival.of(
                APART,
                hit.offset(),
                timeMs,
                changed(hit, json -> json.remove("time")).hit());
    }

    /** The same hit, received at that time. */
    static Arrival receivedAt(long timeMs, Arrival hit) {
        return Arrival.of(APART, hit.offset(), timeMs, hit.hit());
    }

    /** A checkout of that time in the same report suite and with the same items, which nothing keeps from counting. */
    static Arrival checkout(long timeMs, Arrival hit) {
        ObjectNode checkout = JsonNodeFactory.instance
                .objectNode()
                .put("reportSuite", hit.reportSuite())
                .put("events", "scCheckout");
        for (String field : List.of("country", "campaign", "dimensions")) {
            JsonNode value = hit.hit().path(field);
            if (!value.isMissingNode()) {
                checkout.set(field, value);
            }
        }
        return Arrival.of(APART, hit.offset(), timeMs, checkout);
    }

    /** When the hit happened by all that it says. */
    static long time(Arrival hit) {
        return Math.min(hit.clientTimeMs().orElse(hit.recordTimeMs()), hit.recordTimeMs());
    }

    static long minute(Arrival hit) {
        return Math.floorDiv(time(hit), Duration.ofMinutes(1).toMillis());
    }

    private static Set<List<String>> identities(Arrival hit) {
        Set<List<String>> identities = new HashSet<>();
        hit.text("hitId").ifPresent(id -> identities.add(List.of("hit", hit.reportSuite(), id)));
        for (EventItem item : EventItem.of(hit.events(), RightOutput.RULES)) {
            if (item.id() != null) {
                identities.add(List.of("event", hit.reportSuite(), item.id()));
            }
        }
        return identities;
    }
}
