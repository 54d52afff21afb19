package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rolling Checkouts that go back in time, or repeat themselves. */
class RollingControlsTest {
    static final List<ObjectNode> RIGHT = rolling(new Random(3), 150);

    static Stream<Control<ObjectNode>> kinds() {
        return Stream.of(
                Control.of(
                        "one is published twice",
                        (records, i) -> records.add(i, records.get(i).deepCopy())),
                Control.of(
                        "one is published again at the end",
                        (records, i) -> records.add(records.get(i).deepCopy())),
                Control.of(
                        "all since one are published again",
                        (records, i) -> records.addAll(List.copyOf(records.subList(i, records.size())))),
                Control.of(
                        "all are published again up to one",
                        (records, i) -> records.addAll(List.copyOf(records.subList(0, i + 1)))),
                new Control<>("one comes after all others", (records, i) -> {
                    boolean isLast = following(records, i).isEmpty();
                    records.add(records.remove(i));
                    return !isLast;
                }),
                new Control<>("two of a series are swapped", (records, i) -> {
                    Optional<ObjectNode> two = following(records, i);
                    two.ifPresent(next -> Collections.swap(records, i, indexOf(next, records)));
                    return two.isPresent();
                }),
                withBefore("asOf stands still", (json, before) -> json.set("asOf", before.path("asOf")), false),
                withBefore(
                        "asOf goes back by a millisecond", (json, before) -> json.put("asOf", earlier(before)), false),
                withBefore(
                        "asOf goes back, though the revision goes on",
                        (json, before) -> json.put("asOf", earlier(before))
                                .put("revision", before.path("revision").asInt() + 1),
                        false),
                withBefore(
                        "a correction has the revision of what it corrects",
                        (json, before) -> json.set("revision", before.path("revision")),
                        true),
                withBefore(
                        "a correction has a revision before that",
                        (json, before) ->
                                json.put("revision", before.path("revision").asInt() - 1),
                        true),
                withBefore(
                        "a correction is of a time before", (json, before) -> json.put("asOf", earlier(before)), true),
                new Control<>("it bears the name of another series", RollingControlsTest::rename),
                Control.of("there is no asOf", (records, i) -> records.get(i).remove("asOf")),
                Control.of("asOf is a number", (records, i) -> records.get(i).put("asOf", 1_767_607_200_000L)),
                Control.of(
                        "there is no revision", (records, i) -> records.get(i).remove("revision")),
                Control.of(
                        "the revision is text", (records, i) -> records.get(i).put("revision", "1")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void recordsOutOfOrder_areFound(Control<ObjectNode> control) {
        control.assertFound(RIGHT, ObjectNode::deepCopy, Audit::order);
    }

    private interface Change {
        void make(ObjectNode json, ObjectNode before);
    }

    /** Where the series has a record before: of a time before, or one that this one corrects. */
    private static Control<ObjectNode> withBefore(String kind, Change change, boolean correction) {
        return new Control<>(kind, (records, i) -> {
            ObjectNode json = records.get(i);
            Optional<ObjectNode> before = before(records, i);
            boolean possible = before.isPresent()
                    && before.get().path("asOf").equals(json.path("asOf")) == correction
                    && (correction || before.get().path("revision").equals(json.path("revision")));
            if (possible) {
                change.make(json, before.get());
            }
            return possible;
        });
    }

    private static Optional<ObjectNode> before(List<ObjectNode> records, int i) {
        List<ObjectNode> earlier = new ArrayList<>(records.subList(0, i));
        Collections.reverse(earlier);
        return earlier.stream().filter(one -> sameSeries(one, records.get(i))).findFirst();
    }

    private static Optional<ObjectNode> following(List<ObjectNode> records, int i) {
        return records.subList(i + 1, records.size()).stream()
                .filter(one -> sameSeries(one, records.get(i)))
                .findFirst();
    }

    /** As that of a series that had a record as new before. */
    private static boolean rename(List<ObjectNode> records, int i) {
        ObjectNode json = records.get(i);
        Optional<ObjectNode> other = records.subList(0, i).stream()
                .filter(one -> !sameSeries(one, json)
                        && one.path("asOf").equals(json.path("asOf"))
                        && one.path("revision").asInt() >= json.path("revision").asInt())
                .findFirst();
        other.ifPresent(one -> json.setAll(one.deepCopy().retain("reportSuite", "dimension", "item")));
        return other.isPresent();
    }

    private static int indexOf(ObjectNode record, List<ObjectNode> records) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) == record) {
                return i;
            }
        }
        throw new IllegalArgumentException("not among them: " + record);
    }

    private static boolean sameSeries(ObjectNode one, ObjectNode other) {
        return Stream.of("reportSuite", "dimension", "item")
                .allMatch(field -> one.path(field).equals(other.path(field)));
    }

    private static String earlier(ObjectNode json) {
        return Instant.parse(json.path("asOf").asText()).minusMillis(1).toString();
    }

    /** What a job may publish: some series, each at some moments, and some of it corrected. */
    private static List<ObjectNode> rolling(Random random, int number) {
        Map<String, Integer> revisions = new HashMap<>();
        List<ObjectNode> records = new ArrayList<>();
        Instant asOf = Day.at("10:00:00");
        while (records.size() < number) {
            asOf = asOf.plusMillis(250 * (1 + random.nextInt(4)));
            for (String suite : List.of("eu", "us")) {
                for (String item : List.of("", "fr", "(none)")) {
                    String series = suite + item;
                    if (random.nextBoolean()) {
                        int revision = revisions.getOrDefault(series, 0);
                        records.add(record(suite, item, asOf, revision));
                        if (random.nextInt(4) == 0) {
                            revisions.put(series, revision + 1);
                            records.add(record(suite, item, asOf, revision + 1));
                        }
                    }
                }
            }
        }
        return records;
    }

    private static ObjectNode record(String suite, String item, Instant asOf, int revision) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reportSuite", suite)
                .put("dimension", item.isEmpty() ? "" : "country")
                .put("item", item)
                .put("asOf", asOf.toString())
                .put("revision", revision);
    }
}
