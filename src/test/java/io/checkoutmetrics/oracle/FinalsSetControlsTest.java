package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finals are missing, too many, taken for one another, or in a wrong order. */
class FinalsSetControlsTest {
    private static final List<ObjectNode> RIGHT =
            Recount.finals(RightOutput.hits(120), RightOutput.RULES).intervals();
    private static final List<Published> TOPIC = RightOutput.published(RIGHT);

    static Stream<Control<ObjectNode>> missing() {
        return Stream.of(
                Control.of("one is missing", (finals, i) -> finals.remove(i)),
                new Control<>("the first is missing", (finals, i) -> i == 0 && finals.remove(i) != null),
                new Control<>("the last is missing", (finals, i) -> i == finals.size() - 1 && finals.remove(i) != null),
                without("all of a report suite are missing", same("reportSuite")),
                without("a whole series is missing", same("reportSuite", "dimension", "item")),
                without("all of a dimension are missing", same("dimension")),
                without("all of an item are missing", same("dimension", "item")),
                without("all of an interval are missing", same("start", "end")),
                without("all of an interval and a suite are missing", same("start", "end", "reportSuite")),
                without("all of the intervals of a length are missing", (one, other) -> length(one) == length(other)),
                without("all items are missing", (one, other) -> isItem(one) && isItem(other)),
                without("all before one are missing", (one, other) -> start(one).isAfter(start(other))),
                without("all after one are missing", (one, other) -> start(one).isBefore(start(other))),
                without("one partition of the topic is missing", (one, other) -> partition(one) == partition(other)),
                Control.of("all are missing", (finals, i) -> finals.clear()));
    }

    static Stream<Control<ObjectNode>> tooMany() {
        return Stream.of(
                Control.of(
                        "one is published twice",
                        (finals, i) -> finals.add(i, finals.get(i).deepCopy())),
                Control.of(
                        "one is published again at the end",
                        (finals, i) -> finals.add(finals.get(i).deepCopy())),
                Control.of(
                        "the last are published again",
                        (finals, i) -> finals.addAll(List.copyOf(finals.subList(i, finals.size())))),
                new Control<>("one is published too early, and again when it is right", (finals, i) -> {
                    ObjectNode early = finals.get(i).deepCopy();
                    finals.add(i, add(early, -1));
                    return early.path("checkouts").asLong() >= 0;
                }),
                Control.of(
                        "one is published again, with a checkout that came later",
                        (finals, i) -> finals.add(i + 1, add(finals.get(i).deepCopy(), 1))),
                new Control<>(
                        "an interval is published in which nothing was",
                        (finals, i) -> addIfNew(finals, next(finals.get(i)))),
                new Control<>(
                        "an item is published that had no checkouts",
                        (finals, i) -> addIfNew(
                                finals,
                                empty(finals.get(i))
                                        .put("item", "de")
                                        .put("dimension", "country")
                                        .putNull("hits"))),
                Control.of(
                        "a report suite is published that there isn't",
                        (finals, i) -> finals.add(finals.get(i).deepCopy().put("reportSuite", "uk-shop"))),
                Control.of(
                        "an interval of a length that isn't configured",
                        (finals, i) -> finals.add(finals.get(i)
                                .deepCopy()
                                .put(
                                        "end",
                                        start(finals.get(i))
                                                .plus(Duration.ofMinutes(5))
                                                .toString()))));
    }

    static Stream<Control<ObjectNode>> exchanged() {
        return Stream.of(
                new Control<>(
                        "two neighbours have each other's numbers",
                        (finals, i) -> i > 0 && swap(finals.get(i - 1), finals.get(i))),
                new Control<>(
                        "two items have each other's numbers",
                        (finals, i) -> other(finals, i, same("reportSuite", "dimension", "start", "end"))
                                .filter(two -> swap(finals.get(i), two))
                                .isPresent()),
                new Control<>(
                        "two report suites have each other's numbers",
                        (finals, i) -> other(finals, i, same("dimension", "item", "start", "end"))
                                .filter(two -> swap(finals.get(i), two))
                                .isPresent()),
                new Control<>(
                        "two intervals have each other's numbers",
                        (finals, i) -> following(finals, i)
                                .filter(two -> swap(finals.get(i), two))
                                .isPresent()),
                new Control<>(
                        "a checkout is in another item",
                        (finals, i) -> other(finals, i, same("reportSuite", "dimension", "start", "end"))
                                .filter(two -> moveOne(finals.get(i), two))
                                .isPresent()),
                new Control<>(
                        "a checkout is in another interval",
                        (finals, i) -> following(finals, i)
                                .filter(two -> moveOne(finals.get(i), two))
                                .isPresent()),
                new Control<>(
                        "an hour's hits are another's",
                        (finals, i) -> !isItem(finals.get(i))
                                && following(finals, i)
                                        .filter(two -> moveHits(finals.get(i), two))
                                        .isPresent()),
                new Control<>("two intervals are merged", FinalsSetControlsTest::merge),
                new Control<>("an interval is split in two", FinalsSetControlsTest::split));
    }

    @ParameterizedTest
    @MethodSource({"missing", "tooMany", "exchanged"})
    void finalsThatAreWrong_areFound(Control<ObjectNode> control) {
        control.assertFound(RIGHT, ObjectNode::deepCopy, output -> Audit.compareUnordered(RIGHT, output));
    }

    static Stream<Control<ObjectNode>> disorder() {
        return Stream.of(
                new Control<>("two neighbours are swapped", (finals, i) -> {
                    Collections.swap(finals, i, Math.max(0, i - 1));
                    return i > 0;
                }),
                new Control<>(
                        "one comes too late", (finals, i) -> i < finals.size() - 1 && finals.add(finals.remove(i))),
                new Control<>("one comes too early", (finals, i) -> {
                    finals.add(0, finals.remove(i));
                    return i > 0;
                }),
                new Control<>("a part is the other way round", (finals, i) -> {
                    Collections.reverse(finals.subList(i, finals.size()));
                    return i < finals.size() - 1;
                }),
                Control.of("all are shuffled", (finals, i) -> Collections.shuffle(finals, new Random(i))));
    }

    @ParameterizedTest
    @MethodSource("disorder")
    void wrongOrder_isFound_onlyWhereOrderMatters(Control<ObjectNode> control) {
        control.assertFound(RIGHT, ObjectNode::deepCopy, output -> {
            assertThat(Audit.compareUnordered(RIGHT, output)).isEmpty();
            return Audit.compare(RIGHT, output);
        });
    }

    private static Control<ObjectNode> without(String kind, BiPredicate<ObjectNode, ObjectNode> like) {
        return new Control<>(kind, (finals, i) -> {
            ObjectNode one = finals.get(i);
            return finals.removeIf(other -> like.test(one, other));
        });
    }

    private static BiPredicate<ObjectNode, ObjectNode> same(String... fields) {
        return (one, other) ->
                Stream.of(fields).allMatch(field -> one.path(field).equals(other.path(field)));
    }

    private static boolean isItem(ObjectNode json) {
        return !json.path("dimension").asText().isEmpty();
    }

    private static Instant start(ObjectNode json) {
        return Interval.of(json).start();
    }

    private static long length(ObjectNode json) {
        return Duration.between(start(json), Interval.of(json).end()).toMillis();
    }

    private static int partition(ObjectNode json) {
        return TOPIC.stream()
                .filter(one -> one.value().equals(json))
                .findFirst()
                .orElseThrow()
                .partition();
    }

    private static Optional<ObjectNode> other(
            List<ObjectNode> finals, int i, BiPredicate<ObjectNode, ObjectNode> like) {
        return finals.stream()
                .filter(two -> two != finals.get(i) && like.test(finals.get(i), two))
                .findFirst();
    }

    /** The next final of the same series and length. */
    private static Optional<ObjectNode> following(List<ObjectNode> finals, int i) {
        ObjectNode one = finals.get(i);
        return finals.subList(i + 1, finals.size()).stream()
                .filter(two -> same("reportSuite", "dimension", "item").test(one, two) && length(one) == length(two))
                .findFirst();
    }

    private static ObjectNode add(ObjectNode json, long checkouts) {
        for (String field : List.of("checkouts", "increments")) {
            json.put(field, json.path(field).asLong() + checkouts);
        }
        return json;
    }

    private static ObjectNode empty(ObjectNode json) {
        ObjectNode empty = json.deepCopy().put("checkouts", 0).put("increments", 0);
        return isItem(json) ? empty : empty.put("hits", 0);
    }

    private static ObjectNode next(ObjectNode json) {
        Instant end = Interval.of(json).end();
        return empty(json)
                .put("start", end.toString())
                .put("end", end.plusMillis(length(json)).toString());
    }

    private static boolean addIfNew(List<ObjectNode> finals, ObjectNode more) {
        boolean isNew = finals.stream().noneMatch(one -> Interval.of(one).equals(Interval.of(more)));
        return isNew && finals.add(more);
    }

    private static boolean swap(ObjectNode one, ObjectNode two) {
        ObjectNode before = one.deepCopy();
        for (String field : List.of("checkouts", "increments", "hits")) {
            one.set(field, two.path(field));
            two.set(field, before.path(field));
        }
        return !one.equals(before);
    }

    private static boolean moveOne(ObjectNode from, ObjectNode to) {
        add(from, -1);
        add(to, 1);
        return from.path("checkouts").asLong() >= 0;
    }

    private static boolean moveHits(ObjectNode from, ObjectNode to) {
        long hits = from.path("hits").asLong();
        from.put("hits", 0);
        to.put("hits", to.path("hits").asLong() + hits);
        return hits > 0;
    }

    private static boolean merge(List<ObjectNode> finals, int i) {
        Optional<ObjectNode> two = following(finals, i);
        two.ifPresent(second -> {
            ObjectNode first = finals.get(i);
            first.put("end", second.path("end").asText());
            for (String field : List.of("checkouts", "increments", "hits")) {
                if (!first.path(field).isNull()) {
                    first.put(
                            field,
                            first.path(field).asLong() + second.path(field).asLong());
                }
            }
            finals.removeIf(one -> one == second);
        });
        return two.isPresent();
    }

    private static boolean split(List<ObjectNode> finals, int i) {
        ObjectNode first = finals.get(i);
        ObjectNode second = empty(first);
        String middle = start(first).plusMillis(length(first) / 2).toString();
        first.put("end", middle);
        finals.add(i + 1, second.put("start", Objects.requireNonNull(middle)));
        return true;
    }
}
