package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A job that mistook one single hit of its input. */
class InputControlsTest {
    private static final SpoiltInput INPUT = new SpoiltInput();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Predicate<Recount.Verdict> COUNTED = INPUT.countedAlone();
    private static final Predicate<Recount.Verdict> DUPLICATE = INPUT.are(Outcome.DUPLICATE);
    private static final Predicate<Recount.Verdict> PAGE_VIEW = INPUT.are(Outcome.NOT_CHECKOUT);
    private static final Predicate<Recount.Verdict> READABLE =
            INPUT.are(Outcome.UNREADABLE).negate();

    /** A checkout that counts is counted otherwise. */
    static Stream<Control<Arrival>> checkouts() {
        return Stream.of(
                INPUT.mistake("lost", COUNTED, hit -> List.of()),
                with("taken for a page view", COUNTED, json -> json.put("events", "event1")),
                with("taken for excluded", COUNTED, json -> json.put("excluded", "hit_source")),
                with("taken for an invalid value", COUNTED, json -> json.put("events", "scCheckout=-1")),
                INPUT.mistake(
                        "counted twice, as it has no hit ID",
                        COUNTED,
                        hit -> List.of(hit, SpoiltInput.checkout(SpoiltInput.time(hit), hit))),
                with(
                        "in another report suite that there is",
                        COUNTED,
                        json -> json.put(
                                "reportSuite",
                                json.path("reportSuite").asText().equals("us-shop") ? "jp-shop" : "us-shop")),
                with("in a report suite of its own", COUNTED, json -> json.put("reportSuite", "uk-shop")),
                with(
                        "in a report suite read in the wrong encoding",
                        COUNTED.and(verdict -> verdict.arrival().reportSuite().contains("\u00e9")),
                        json -> json.put(
                                "reportSuite", json.path("reportSuite").asText().replace("\u00e9", "\u00c3\u00a9"))),
                at("a minute earlier", COUNTED, -MINUTE),
                at("a minute later", COUNTED, MINUTE),
                at("an hour earlier", COUNTED, -HOUR),
                at("a day later", COUNTED, 24 * HOUR),
                INPUT.mistake(
                        "in the last instant of the interval before",
                        COUNTED,
                        hit -> List.of(SpoiltInput.at(SpoiltInput.minute(hit) * MINUTE - 1, hit))),
                INPUT.mistake(
                        "in the first instant of the interval after",
                        COUNTED,
                        hit -> List.of(SpoiltInput.at((SpoiltInput.minute(hit) + 1) * MINUTE, hit))),
                INPUT.mistake(
                        "when it was received, not when it happened",
                        COUNTED.and(verdict -> SpoiltInput.minute(verdict.arrival())
                                != verdict.arrival().recordTimeMs() / MINUTE),
                        hit -> List.of(SpoiltInput.at(hit.recordTimeMs(), hit))),
                INPUT.mistake(
                        "when the client's clock said, which was ahead",
                        COUNTED.and(verdict -> verdict.arrival().clientTimeMs().orElse(0) / MINUTE
                                > verdict.arrival().recordTimeMs() / MINUTE),
                        hit -> List.of(SpoiltInput.at(hit.clientTimeMs().orElseThrow(), hit))),
                INPUT.mistake(
                        "received after the grace",
                        COUNTED,
                        hit -> List.of(SpoiltInput.receivedAt(
                                SpoiltInput.time(hit)
                                        + RightOutput.RULES.grace().toMillis()
                                        + 1,
                                SpoiltInput.changed(hit, json -> json.put("time", SpoiltInput.time(hit)))))),
                with(
                        "with another country",
                        COUNTED,
                        json -> json.put(
                                "country", json.path("country").asText().equals("us") ? "de" : "us")),
                with("with the country of no other", COUNTED, json -> json.put("country", "atlantis")),
                with("without its country", COUNTED.and(has("country")), json -> json.remove("country")),
                with(
                        "without its campaign",
                        COUNTED.and(has("campaign"))
                                .and(verdict ->
                                        !verdict.arrival().items("campaign").contains("(none)")),
                        json -> json.remove("campaign")),
                with(
                        "with its country in capitals",
                        COUNTED.and(
                                verdict -> verdict.arrival().items("country").contains("de")),
                        json -> json.put("country", "DE")),
                with(
                        "with its country for the campaign",
                        COUNTED.and(has("country")),
                        json -> json.set("campaign", json.path("country"))),
                with(
                        "with its campaign cut",
                        COUNTED.and(has("campaign")),
                        json -> json.put(
                                "campaign", json.path("campaign").asText().substring(1))),
                with(
                        "with a value that is one more",
                        COUNTED,
                        json -> json.put("events", json.path("events").asText() + ",scCheckout")),
                with(
                        "with no value where it has one",
                        COUNTED.and(value(value -> value != 1)),
                        json -> json.put("events", "scCheckout")),
                with(
                        "with a value where it has none",
                        COUNTED.and(value(value -> value == 1)),
                        json -> json.put("events", "scCheckout=2")));
    }

    /** A checkout that doesn't count is counted. */
    static Stream<Control<Arrival>> others() {
        return Stream.of(
                counted(
                        "a page view is counted",
                        PAGE_VIEW.and(verdict ->
                                !EventItem.hasNearMiss(verdict.arrival().events(), RightOutput.RULES))),
                counted(
                        "what is nearly a checkout is counted",
                        PAGE_VIEW.and(verdict ->
                                EventItem.hasNearMiss(verdict.arrival().events(), RightOutput.RULES))),
                counted(
                        "a value of zero is counted",
                        PAGE_VIEW.and(verdict -> verdict.arrival().events().contains("scCheckout=0"))),
                counted("an excluded checkout is counted", INPUT.are(Outcome.EXCLUDED)),
                counted("an invalid value is counted as one", INPUT.are(Outcome.INVALID_EVENT_VALUE)),
                counted("a late checkout is counted", INPUT.are(Outcome.LATE)),
                INPUT.mistake(
                        "a late checkout is counted when it was received",
                        INPUT.are(Outcome.LATE),
                        hit -> List.of(SpoiltInput.checkout(hit.recordTimeMs(), hit))),
                counted("a checkout of the future is counted", INPUT.are(Outcome.FUTURE_TIMESTAMP)),
                INPUT.mistake(
                        "a checkout of the future is counted in the future",
                        INPUT.are(Outcome.FUTURE_TIMESTAMP),
                        hit -> List.of(SpoiltInput.checkout(hit.clientTimeMs().orElseThrow(), hit))),
                INPUT.mistake(
                        "a checkout without a sound time is counted when it was received",
                        INPUT.are(Outcome.BAD_TIMESTAMP),
                        hit -> List.of(SpoiltInput.checkout(hit.recordTimeMs(), hit))),
                counted("a duplicate is counted", DUPLICATE),
                counted(
                        "a duplicate by the first 20 bytes of its ID is counted",
                        DUPLICATE.and(verdict -> verdict.arrival().events().endsWith("second"))),
                counted("a hit that was delivered again is counted", DUPLICATE.and(INPUT.deliveredAgain())),
                with("not the first of duplicates is counted", INPUT.countedFirst(), json -> json.put("events", "")),
                with(
                        "the wrong one of simultaneous duplicates is counted",
                        INPUT.are(Outcome.COUNTED)
                                .and(verdict -> verdict.arrival()
                                        .text("hitId")
                                        .orElse("")
                                        .startsWith("twin")),
                        json -> json.put("hitId", "z" + json.path("hitId").asText())));
    }

    /** The job's checkouts must show it: its hits may be right. */
    @ParameterizedTest
    @MethodSource({"checkouts", "others"})
    void checkoutThatIsMistaken_isFound(Control<Arrival> control) {
        control.assertFound(INPUT.hits(), UnaryOperator.identity(), INPUT::differencesInCheckouts);
    }

    static Stream<Control<Arrival>> hits() {
        return Stream.of(
                INPUT.mistake("a page view is lost", PAGE_VIEW, hit -> List.of()),
                INPUT.mistake("an excluded checkout is no hit", INPUT.are(Outcome.EXCLUDED), hit -> List.of()),
                INPUT.mistake("a late checkout is no hit", INPUT.are(Outcome.LATE), hit -> List.of()),
                INPUT.mistake("a duplicate is no hit", DUPLICATE, hit -> List.of()),
                INPUT.mistake("a page view is counted twice", PAGE_VIEW, hit -> List.of(hit, hit)),
                with("a page view is of another report suite", PAGE_VIEW, json -> json.put("reportSuite", "uk-shop")),
                INPUT.mistake(
                        "a page view is of the minute before",
                        PAGE_VIEW,
                        hit -> List.of(SpoiltInput.receivedAt(hit.recordTimeMs() - MINUTE, hit))),
                INPUT.mistake(
                        "a hit is one when it happened, not when it was received",
                        PAGE_VIEW.and(verdict -> SpoiltInput.minute(verdict.arrival())
                                != verdict.arrival().recordTimeMs() / MINUTE),
                        hit -> List.of(SpoiltInput.receivedAt(SpoiltInput.time(hit), hit))),
                INPUT.mistake(
                        "a hit that cannot be read is one",
                        READABLE.negate(),
                        hit -> List.of(SpoiltInput.changed(
                                SpoiltInput.checkout(hit.recordTimeMs(), hit),
                                json -> json.put("reportSuite", "eu-shop").put("events", "")))));
    }

    @ParameterizedTest
    @MethodSource("hits")
    void hitThatIsMiscounted_isFound(Control<Arrival> control) {
        control.assertFound(INPUT.hits(), UnaryOperator.identity(), INPUT::differences);
    }

    private interface Change {
        Object make(ObjectNode json);
    }

    private static Control<Arrival> with(String kind, Predicate<Recount.Verdict> possible, Change change) {
        return INPUT.mistake(kind, possible, hit -> List.of(SpoiltInput.changed(hit, change::make)));
    }

    private static Control<Arrival> at(String kind, Predicate<Recount.Verdict> possible, long byMs) {
        return INPUT.mistake(kind, possible, hit -> List.of(SpoiltInput.at(SpoiltInput.time(hit) + byMs, hit)));
    }

    /** When it happened, or was received if it doesn't say so soundly. */
    private static Control<Arrival> counted(String kind, Predicate<Recount.Verdict> possible) {
        return INPUT.mistake(kind, possible, hit -> {
            long time = SpoiltInput.time(hit);
            return List.of(SpoiltInput.checkout(time < Judged.YEAR_2000 ? hit.recordTimeMs() : time, hit));
        });
    }

    private static Predicate<Recount.Verdict> has(String field) {
        return verdict -> verdict.arrival().text(field).isPresent();
    }

    private static Predicate<Recount.Verdict> value(Predicate<Long> value) {
        return verdict -> {
            List<EventItem> items = EventItem.of(verdict.arrival().events(), RightOutput.RULES);
            return items.size() == 1 && value.test(items.get(0).increment());
        };
    }
}
