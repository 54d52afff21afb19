package io.checkoutmetrics.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.checkoutmetrics.oracle.Accounts;
import io.checkoutmetrics.oracle.Arrival;
import io.checkoutmetrics.oracle.Audit;
import io.checkoutmetrics.oracle.Published;
import io.checkoutmetrics.oracle.Recount;
import io.checkoutmetrics.oracle.Rules;
import io.checkoutmetrics.oracle.TopicReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the oracle says of everything that was published, by the hits in the input topic.
 *
 * @param differences sentences; none means that every hit has become exactly what it must
 * @param doubled finals that were published twice, or with more checkouts than there were
 * @param deafControls planted errors that the same comparison did not find: there must be none
 */
record Verdict(
        long hits,
        long checkouts,
        int finals,
        List<String> differences,
        List<String> doubled,
        List<String> deafControls) {
    private static final int MOST_SHOWN = 20;

    /** Finals that there must be, and what must have become of the hits. */
    static Recount.Finals expected(TopicReader topics, Rules rules) {
        List<Arrival> hits = topics.hits(Shoppers.TOPIC, topics.ends(Shoppers.TOPIC), rules);
        return Recount.finals(hits, rules);
    }

    /** @param acknowledged hits that the brokers have said they have */
    static Verdict of(Recount.Finals expected, TopicReader topics, long acknowledged) {
        List<Published> finals = topics.published("checkout-intervals");
        List<Published> rolling = topics.published("checkout-metrics");
        List<JsonNode> published = finals.stream().map(Published::value).toList();
        List<String> differences = new ArrayList<>(Audit.compareUnordered(expected.intervals(), published));
        differences.addAll(Audit.keys(finals));
        differences.addAll(Audit.keys(rolling));
        differences.addAll(Audit.order(rolling.stream().map(Published::value).toList()));
        differences.addAll(Accounts.deadLetters(expected, topics.deadLetters("checkout-dead-letters")));
        if (expected.hitsRead() < acknowledged) {
            differences.add("the brokers have lost hits that they had acknowledged: " + expected.hitsRead() + " of "
                    + acknowledged + " are there");
        }
        long checkouts = expected.outcomes().entrySet().stream()
                .filter(outcome -> outcome.getKey().name().equals("COUNTED"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new Verdict(
                expected.hitsRead(),
                checkouts,
                published.size(),
                differences,
                doubled(expected, published),
                deafControls(expected, published));
    }

    private static List<String> doubled(Recount.Finals expected, List<JsonNode> published) {
        Map<List<String>, Long> left = new HashMap<>();
        expected.intervals()
                .forEach(one -> left.put(interval(one), one.path("checkouts").asLong()));
        return published.stream()
                .filter(one -> left.merge(interval(one), -one.path("checkouts").asLong(), Long::sum) < 0)
                .map(JsonNode::toString)
                .toList();
    }

    private static List<String> interval(JsonNode one) {
        return Stream.of("reportSuite", "dimension", "item", "start", "end")
                .map(field -> one.path(field).asText())
                .toList();
    }

    /** An error is planted among what was published, and must be found. */
    private static List<String> deafControls(Recount.Finals expected, List<JsonNode> published) {
        if (published.isEmpty()) {
            return List.of("nothing was published");
        }
        JsonNode one = published.get(published.size() / 2);
        ObjectNode doubled = one.deepCopy();
        doubled.put("checkouts", one.path("checkouts").asLong() + 1);
        ObjectNode moved = one.deepCopy();
        moved.put("reportSuite", "nowhere");
        Map<String, List<JsonNode>> controls = Map.of(
                "lost", List.of(),
                "published twice", List.of(one, one),
                "counted twice", List.of(doubled),
                "moved to another report suite", List.of(moved));
        List<String> deaf = new ArrayList<>();
        controls.forEach((error, instead) -> {
            List<JsonNode> wrong = new ArrayList<>(published);
            wrong.remove(one);
            wrong.addAll(instead);
            if (Audit.compareUnordered(expected.intervals(), wrong).isEmpty()) {
                deaf.add("a final that was " + error + " is not found");
            }
        });
        return deaf;
    }

    /** Everything is exact, and it would have been seen if it were not. */
    boolean isClean() {
        return differences.isEmpty() && deafControls.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                "%d hits, %d checkouts, %d finals: %d differences", hits, checkouts, finals, differences.size()));
        differences.stream()
                .limit(MOST_SHOWN)
                .forEach(one -> text.append("\n  ").append(one));
        deafControls.forEach(one -> text.append("\n  ").append(one));
        return text.toString();
    }
}
