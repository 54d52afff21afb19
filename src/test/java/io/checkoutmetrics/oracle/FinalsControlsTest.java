package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One final says something wrong. */
class FinalsControlsTest {
    private static final List<ObjectNode> RIGHT =
            Recount.finals(RightOutput.hits(120), RightOutput.RULES).intervals();

    private static final Predicate<ObjectNode> ANY = json -> true;
    private static final Predicate<ObjectNode> TOTAL =
            json -> json.path("dimension").asText().isEmpty();
    private static final Predicate<ObjectNode> ITEM = TOTAL.negate();
    private static final Predicate<ObjectNode> COUNTED =
            json -> json.path("checkouts").asLong() > 0;
    private static final Predicate<ObjectNode> SEVERAL =
            json -> json.path("checkouts").asLong() != json.path("increments").asLong();

    static Stream<Control<ObjectNode>> numbers() {
        return Stream.of(
                Control.where(ANY, "a checkout too many", json -> add(json, "checkouts", 1)),
                Control.where(COUNTED, "a checkout too few", json -> add(json, "checkouts", -1)),
                Control.where(ANY, "an increment too many", json -> add(json, "increments", 1)),
                Control.where(COUNTED, "an increment too few", json -> add(json, "increments", -1)),
                Control.where(ANY, "a checkout and its increment too many", json -> {
                    add(json, "checkouts", 1);
                    add(json, "increments", 1);
                }),
                Control.where(COUNTED, "every checkout twice", json -> {
                    add(json, "checkouts", json.path("checkouts").asLong());
                    add(json, "increments", json.path("increments").asLong());
                }),
                Control.where(
                        SEVERAL, "increments where the checkouts are", json -> copy("increments", json, "checkouts")),
                Control.where(
                        SEVERAL, "checkouts where the increments are", json -> copy("checkouts", json, "increments")),
                Control.where(TOTAL, "a hit too many", json -> add(json, "hits", 1)),
                Control.where(TOTAL, "a hit too few", json -> add(json, "hits", -1)),
                Control.where(
                        TOTAL.and(json -> json.path("hits").asLong() > 0), "no hits", json -> json.put("hits", 0)),
                Control.where(TOTAL, "unknown hits in a total", json -> json.putNull("hits")),
                Control.where(ITEM, "zero hits in an item", json -> json.put("hits", 0)),
                Control.where(ITEM, "the item's checkouts as its hits", json -> copy("checkouts", json, "hits")),
                Control.where(ANY, "a visitor too many", json -> add(json, "visitors", 1)),
                Control.where(ANY, "a visit too many", json -> add(json, "visits", 1)),
                Control.where(has("visitors"), "a visitor too few", json -> add(json, "visitors", -1)),
                Control.where(has("visits"), "a visit too few", json -> add(json, "visits", -1)),
                Control.where(has("visitors"), "unknown visitors", json -> json.putNull("visitors")),
                Control.where(has("visits"), "unknown visits", json -> json.putNull("visits")),
                Control.where(
                        has("visitors").negate(), "zero visitors where none says", json -> json.put("visitors", 0)),
                Control.where(has("visits").negate(), "zero visits where none says", json -> json.put("visits", 0)),
                Control.where(ANY, "negative checkouts", json -> json.put("checkouts", -1)),
                Control.where(ANY, "checkouts unknown", json -> json.putNull("checkouts")),
                Control.where(
                        ANY,
                        "checkouts as text",
                        json -> json.put("checkouts", json.path("checkouts").asText())),
                Control.where(
                        ANY,
                        "checkouts with decimals",
                        json -> json.put("checkouts", json.path("checkouts").asDouble())));
    }

    static Stream<Control<ObjectNode>> names() {
        return Stream.of(
                Control.where(
                        ANY,
                        "another report suite that there is",
                        json -> json.put(
                                "reportSuite",
                                json.path("reportSuite").asText().equals("us-shop") ? "jp-shop" : "us-shop")),
                Control.where(ANY, "a report suite that there isn't", json -> json.put("reportSuite", "uk-shop")),
                Control.where(ANY, "the report suite in capitals", json -> json.put("reportSuite", "EU-SHOP")),
                Control.where(ANY, "no report suite", json -> json.put("reportSuite", "")),
                Control.where(
                        ITEM,
                        "another dimension",
                        json -> json.put(
                                "dimension",
                                json.path("dimension").asText().equals("country") ? "campaign" : "country")),
                Control.where(
                        json -> !json.path("item").asText().equals("de"),
                        "another item",
                        json -> json.put("item", "de")),
                Control.where(ANY, "an item that there isn't", json -> json.put("item", "nowhere")),
                Control.where(
                        json -> json.path("item").asText().equals("fr"),
                        "the item in capitals",
                        json -> json.put("item", "FR")),
                Control.where(
                        json -> json.path("item").asText().equals("(none)"),
                        "nothing for the item (none)",
                        json -> json.put("item", "")),
                Control.where(
                        ITEM,
                        "a space after the item",
                        json -> json.put("item", json.path("item").asText() + " ")),
                Control.where(
                        TOTAL,
                        "a total as an item",
                        json -> json.put("dimension", "country")
                                .put("item", "(none)")
                                .putNull("hits")),
                Control.where(
                        ITEM,
                        "an item as a total",
                        json -> json.put("dimension", "").put("item", "").put("hits", 0)),
                Control.where(ITEM, "an item without its dimension", json -> json.put("dimension", "")));
    }

    static Stream<Control<ObjectNode>> times() {
        return Stream.of(
                Control.where(
                        ANY,
                        "the interval before",
                        json -> shift(json, length(json).negated())),
                Control.where(ANY, "the interval after", json -> shift(json, length(json))),
                Control.where(ANY, "an hour later", json -> shift(json, Duration.ofHours(1))),
                Control.where(ANY, "a day earlier", json -> shift(json, Duration.ofDays(-1))),
                Control.where(ANY, "a millisecond later", json -> shift(json, Duration.ofMillis(1))),
                Control.where(ANY, "start a millisecond later", json -> shift(json, "start", Duration.ofMillis(1))),
                Control.where(ANY, "start a millisecond earlier", json -> shift(json, "start", Duration.ofMillis(-1))),
                Control.where(ANY, "start an hour earlier", json -> shift(json, "start", Duration.ofHours(-1))),
                Control.where(ANY, "start a day earlier", json -> shift(json, "start", Duration.ofDays(-1))),
                Control.where(
                        ANY, "the last millisecond for the end", json -> shift(json, "end", Duration.ofMillis(-1))),
                Control.where(ANY, "end an hour later", json -> shift(json, "end", Duration.ofHours(1))),
                Control.where(ANY, "end a day later", json -> shift(json, "end", Duration.ofDays(1))),
                Control.where(ANY, "start for the end", json -> copy("start", json, "end")),
                Control.where(ANY, "the other length", FinalsControlsTest::toOtherLength),
                Control.where(
                        ANY,
                        "start in local time",
                        json -> json.put(
                                "start",
                                Instant.parse(json.path("start").asText())
                                        .atOffset(ZoneOffset.ofHours(1))
                                        .toString())),
                Control.where(
                        ANY,
                        "start without the time zone",
                        json -> json.put("start", json.path("start").asText().replace("Z", ""))),
                Control.where(
                        ANY,
                        "start as a number",
                        json -> json.put(
                                "start",
                                Instant.parse(json.path("start").asText()).toEpochMilli())));
    }

    static Stream<Control<ObjectNode>> fields() {
        List<String> fields = List.of(
                "reportSuite",
                "dimension",
                "item",
                "start",
                "end",
                "checkouts",
                "increments",
                "visitors",
                "visits",
                "hits");
        return Stream.concat(
                fields.stream().map(field -> Control.where(ANY, "no field " + field, json -> json.remove(field))),
                Stream.of(
                        Control.where(ANY, "a field too many", json -> json.put("lowTraffic", false)),
                        Control.where(
                                ANY, "a field under another name", json -> json.set("count", json.remove("checkouts"))),
                        Control.where(ANY, "no fields at all", ObjectNode::removeAll)));
    }

    @ParameterizedTest
    @MethodSource({"numbers", "names", "times", "fields"})
    void finalThatIsWrong_isFound(Control<ObjectNode> control) {
        control.assertFound(RIGHT, ObjectNode::deepCopy, output -> Audit.compareUnordered(RIGHT, output));
    }

    private static Predicate<ObjectNode> has(String field) {
        return json -> !json.path(field).isNull();
    }

    private static void add(ObjectNode json, String field, long number) {
        json.put(field, json.path(field).asLong() + number);
    }

    private static void copy(String from, ObjectNode json, String to) {
        json.set(to, json.path(from));
    }

    private static Duration length(ObjectNode json) {
        Interval interval = Interval.of(json);
        return Duration.between(interval.start(), interval.end());
    }

    private static void shift(ObjectNode json, Duration by) {
        shift(json, "start", by);
        shift(json, "end", by);
    }

    private static void shift(ObjectNode json, String field, Duration by) {
        json.put(field, Instant.parse(json.path(field).asText()).plus(by).toString());
    }

    private static void toOtherLength(ObjectNode json) {
        Duration other = length(json).toHours() == 1 ? Duration.ofMinutes(1) : Duration.ofHours(1);
        Interval interval = Interval.at(Interval.of(json).start().toEpochMilli(), other, "any", "", "");
        json.put("start", interval.start().toString()).put("end", interval.end().toString());
    }
}
