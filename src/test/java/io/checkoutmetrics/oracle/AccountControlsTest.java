package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counters that don't say what became of the hits, and dead letters that are not those that must be there. */
class AccountControlsTest {
    private static final Recount.Finals FINALS = Recount.finals(RightOutput.hits(1_000), RightOutput.RULES);
    private static final List<ObjectNode> COUNTERS = RightOutput.counters(FINALS);
    private static final List<DeadLetter> DEAD_LETTERS = Accounts.deadLetters(FINALS);

    static Stream<Control<ObjectNode>> offByOne() {
        TreeSet<String> names = new TreeSet<>();
        FINALS.verdicts().forEach(verdict -> names.add(verdict.counter()));
        return names.stream()
                .flatMap(name -> Stream.of(
                        Control.of("one too many " + name, (counters, i) -> add(counters.get(i), name, 1)),
                        new Control<>("one too few " + name, (counters, i) -> add(counters.get(i), name, -1) >= 0)));
    }

    static Stream<Control<ObjectNode>> wrongSums() {
        return Stream.of(
                Control.of("a hit read that has no outcome", (counters, i) -> add(counters.get(i), "hits_read", 1)),
                Control.of("an outcome without a hit read", (counters, i) -> add(counters.get(i), "hits_read", -1)),
                Control.of("a dead letter without reason", (counters, i) -> add(counters.get(i), "dead_lettered", 1)),
                Control.of("a reason without dead letter", (counters, i) -> add(counters.get(i), "dead_lettered", -1)),
                Control.of(
                        "a checkout seen that is not judged",
                        (counters, i) -> add(counters.get(i), "checkouts_seen", 1)),
                Control.of(
                        "a checkout judged that was not seen",
                        (counters, i) -> add(counters.get(i), "checkouts_seen", -1)));
    }

    static Stream<Control<ObjectNode>> taken() {
        return Stream.of(
                taken("duplicate", "counted"),
                taken("counted", "duplicate"),
                taken("late", "counted"),
                taken("counted", "late"),
                taken("excluded", "not_checkout"),
                taken("not_checkout", "counted"),
                taken("counted", "not_checkout"),
                taken("bad_timestamp", "late"),
                taken("future_timestamp", "bad_timestamp"),
                taken("truncated", "malformed"),
                taken("invalid_event_value", "excluded"),
                Control.of(
                        "late by another name",
                        (counters, i) ->
                                counters.get(i).set("too_late", counters.get(i).remove("late"))),
                Control.of("what was read twice after a crash is counted twice", (counters, i) -> {
                    ObjectNode twice = counters.get(i);
                    twice.fieldNames()
                            .forEachRemaining(
                                    name -> twice.put(name, 2 * twice.path(name).asLong()));
                }),
                new Control<>("a partition's hits are counted in another", (counters, i) -> {
                    ObjectNode moved = counters.get(i).deepCopy();
                    counters.get(i).removeAll();
                    moved.fieldNames()
                            .forEachRemaining(name -> add(
                                    counters.get(i == 0 ? 1 : 0),
                                    name,
                                    moved.path(name).asLong()));
                    return true;
                }),
                new Control<>("two partitions are exchanged", (counters, i) -> {
                    counters.add(i == 0 ? 0 : i - 1, counters.remove(i));
                    return i > 0;
                }),
                Control.of(
                        "a partition is missing",
                        (counters, i) -> counters.get(i).removeAll()),
                Control.of("there is a partition too many", (counters, i) -> counters.add(counters.get(i))));
    }

    @ParameterizedTest
    @MethodSource({"offByOne", "wrongSums"})
    void counterThatIsOff_breaksConservation(Control<ObjectNode> control) {
        control.assertFound(
                COUNTERS,
                ObjectNode::deepCopy,
                counters -> counters.stream()
                        .flatMap(of -> Accounts.conservation(of).stream())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource({"offByOne", "taken"})
    void counterThatIsWrong_isFoundInItsPartition(Control<ObjectNode> control) {
        control.assertFound(
                COUNTERS, ObjectNode::deepCopy, counters -> Accounts.outcomes(FINALS, byPartition(counters)));
    }

    @ParameterizedTest
    @MethodSource("offByOne")
    void counterThatIsOff_isFoundInTheSumOverPartitions(Control<ObjectNode> control) {
        control.assertFound(COUNTERS, ObjectNode::deepCopy, counters -> {
            ObjectNode sums = counters.get(0).objectNode();
            counters.forEach(of -> of.fieldNames()
                    .forEachRemaining(name -> add(sums, name, of.path(name).asLong())));
            return Accounts.outcomes(FINALS, sums);
        });
    }

    static Stream<Control<DeadLetter>> deadLetters() {
        return Stream.of(
                Control.of("one is missing", (letters, i) -> letters.remove(i)),
                new Control<>("the first is missing", (letters, i) -> i == 0 && letters.remove(i) != null),
                new Control<>(
                        "the last is missing", (letters, i) -> i == letters.size() - 1 && letters.remove(i) != null),
                without(
                        "all of a reason are missing",
                        (one, other) -> one.reason().equals(other.reason())),
                without("all of a partition are missing", (one, other) -> one.partition() == other.partition()),
                without(
                        "all since one are missing",
                        (one, other) -> one.partition() == other.partition() && one.offset() <= other.offset()),
                Control.of("there are none", (letters, i) -> letters.clear()),
                Control.of("one is there twice", (letters, i) -> letters.add(letters.get(i))),
                Control.of(
                        "all since one are there twice",
                        (letters, i) -> letters.addAll(List.copyOf(letters.subList(i, letters.size())))),
                reason("one was out of order", reason -> "out_of_order"),
                reason("one has the reason of another", reason -> reason.equals("late") ? "bad_timestamp" : "late"),
                reason("one has no reason", reason -> ""),
                reason("one has its reason in capitals", reason -> reason.toUpperCase(Locale.ROOT)),
                reason("one has an outcome that is no reason", reason -> "duplicate"),
                offset("one is of the hit before", -1),
                offset("one is of the hit after", 1),
                offset("one is of a hit that there isn't", 1_000_000),
                Control.of(
                        "one is of another partition",
                        (letters, i) -> letters.set(
                                i,
                                new DeadLetter(
                                        (letters.get(i).partition() + 1) % RightOutput.PARTITIONS,
                                        letters.get(i).offset(),
                                        letters.get(i).reason()))),
                new Control<>("two have each other's reasons", AccountControlsTest::swapReasons),
                too("a counted checkout is dead too", Outcome.COUNTED),
                too("a duplicate is dead too", Outcome.DUPLICATE),
                too("an excluded checkout is dead too", Outcome.EXCLUDED),
                too("a page view is dead too", Outcome.NOT_CHECKOUT));
    }

    @ParameterizedTest
    @MethodSource("deadLetters")
    void deadLettersThatAreWrong_areFound(Control<DeadLetter> control) {
        control.assertFound(DEAD_LETTERS, UnaryOperator.identity(), letters -> Accounts.deadLetters(FINALS, letters));
    }

    private static long add(ObjectNode counters, String name, long number) {
        long sum = counters.path(name).asLong() + number;
        counters.put(name, sum);
        return sum;
    }

    private static Control<ObjectNode> taken(String what, String as) {
        return new Control<>("a hit that is " + what + " taken for " + as, (counters, i) -> {
            add(counters.get(i), as, 1);
            return add(counters.get(i), what, -1) >= 0;
        });
    }

    private static Map<Integer, JsonNode> byPartition(List<ObjectNode> counters) {
        Map<Integer, JsonNode> byPartition = new HashMap<>();
        for (int i = 0; i < counters.size(); i++) {
            byPartition.put(i, counters.get(i));
        }
        assertThat(byPartition).isNotEmpty();
        return byPartition;
    }

    private static Control<DeadLetter> without(String kind, BiPredicate<DeadLetter, DeadLetter> like) {
        return new Control<>(kind, (letters, i) -> {
            DeadLetter one = letters.get(i);
            return letters.removeIf(other -> like.test(one, other));
        });
    }

    private static Control<DeadLetter> reason(String kind, UnaryOperator<String> change) {
        return Control.of(kind, (letters, i) -> {
            DeadLetter one = letters.get(i);
            letters.set(i, new DeadLetter(one.partition(), one.offset(), change.apply(one.reason())));
        });
    }

    private static Control<DeadLetter> offset(String kind, long by) {
        return Control.of(kind, (letters, i) -> {
            DeadLetter one = letters.get(i);
            letters.set(i, new DeadLetter(one.partition(), one.offset() + by, one.reason()));
        });
    }

    private static boolean swapReasons(List<DeadLetter> letters, int i) {
        DeadLetter one = letters.get(i);
        DeadLetter other = letters.get(i == 0 ? 1 : i - 1);
        letters.set(letters.indexOf(other), new DeadLetter(other.partition(), other.offset(), one.reason()));
        letters.set(i, new DeadLetter(one.partition(), one.offset(), other.reason()));
        return !one.reason().equals(other.reason());
    }

    private static Control<DeadLetter> too(String kind, Outcome outcome) {
        List<Arrival> hits = FINALS.verdicts().stream()
                .filter(verdict -> verdict.outcome() == outcome)
                .map(Recount.Verdict::arrival)
                .toList();
        return Control.of(kind, (letters, i) -> {
            Arrival hit = hits.get(i % hits.size());
            letters.add(new DeadLetter(hit.partition(), hit.offset(), "late"));
        });
    }
}
