package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The controls: whatever is spoilt in the right output of a made-up timeline, wherever, must be found. */
class AuditTest {
    private static final List<ObjectNode> EXPECTED = Recount.finals(
                    JsonLines.hits(Timelines.hits(7, 100)), Rules.defaults())
            .intervals();

    @Test
    void sameOutput_hasNoDifferences() {
        assertThat(EXPECTED).hasSizeGreaterThan(100);
        assertThat(Audit.compare(EXPECTED, copies())).isEmpty();
    }

    @Test
    void anyRecordRemoved_isFound() {
        everywhere((output, i) -> output.remove((int) i), "missing");
    }

    @Test
    void anyRecordDoubled_isFound() {
        everywhere((output, i) -> output.add(i, output.get(i).deepCopy()), "published 2 times");
    }

    @Test
    void anyRecordMovedToAnotherSuite_isFound() {
        everywhere((output, i) -> output.get(i).put("reportSuite", "other"), "missing", "unexpected");
    }

    @Test
    void anyRecordMovedToAnotherItem_isFound() {
        everywhere((output, i) -> output.get(i).put("item", "other"), "missing", "unexpected");
    }

    @Test
    void anyRecordMovedToAnotherInterval_isFound() {
        everywhere(
                (output, i) -> {
                    ObjectNode json = output.get(i);
                    for (String edge : List.of("start", "end")) {
                        Instant moved = Instant.parse(json.path(edge).asText()).plus(Duration.ofMinutes(1));
                        json.put(edge, moved.toString());
                    }
                },
                "missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkouts", "increments", "hits"})
    void anyNumberOffByOne_isFound(String number) {
        for (int change : new int[] {-1, 1}) {
            everywhere(
                    (output, i) -> {
                        ObjectNode json = output.get(i);
                        json.put(number, json.path(number).asLong() + change);
                    },
                    "different " + number);
        }
    }

    @Test
    void anyFieldTooMuch_orAbsent_isFound() {
        everywhere((output, i) -> output.get(i).put("more", 1), "different more");
        everywhere((output, i) -> output.get(i).remove("visitors"), "different visitors");
        everywhere((output, i) -> output.get(i).put("end", "tomorrow"), "no interval", "missing");
    }

    @Test
    void neighboursSwapped_areFound_whereOrderMatters() {
        List<ObjectNode> swapped = copies();
        Collections.swap(swapped, 10, 11);

        assertThat(Audit.compare(EXPECTED, swapped)).singleElement().asString().startsWith("not sorted");
        Collections.shuffle(swapped, new Random(1));
        assertThat(Audit.compareUnordered(EXPECTED, swapped)).isEmpty();
    }

    @Test
    void revisionOrTimeThatDoesNotIncrease_isFound() {
        List<JsonNode> rolling = JsonLines.objects(List.of(
                rolling("eu", "10:00:00.500", 0),
                rolling("us", "10:00:00", 0),
                rolling("eu", "10:00:01", 0),
                rolling("eu", "10:00:01", 1)));
        assertThat(Audit.order(rolling)).isEmpty();

        for (String next :
                List.of(rolling("eu", "10:00:01", 1), rolling("eu", "10:00:01", 0), rolling("eu", "10:00:00.999", 2))) {
            List<JsonNode> more = new ArrayList<>(rolling);
            more.addAll(JsonLines.objects(List.of(next)));
            assertThat(Audit.order(more)).hasSize(1);
        }
    }

    @Test
    void keyThatIsNotTheSeries_isFound() {
        JsonNode item = EXPECTED.stream()
                .filter(json -> json.path("hits").isNull())
                .findFirst()
                .orElseThrow();
        String suite = "[\"" + item.path("reportSuite").asText() + "\"]";

        assertThat(Audit.keys(List.of(new Published(0, 0, suite, EXPECTED.get(0)))))
                .isEmpty();
        assertThat(Audit.keys(List.of(new Published(0, 0, suite, item)))).hasSize(1);
        assertThat(Audit.keys(List.of(new Published(0, 0, "eu", EXPECTED.get(0)))))
                .hasSize(1);
    }

    @Test
    void counterThatIsOff_isFound() {
        Recount.Finals finals = new Day().hit("10:00:00", "scCheckout").finals();

        assertThat(Audit.outcomes(
                        finals,
                        JsonLines.objects(List.of("{\"counted\":1,\"polls\":3}"))
                                .get(0)))
                .isEmpty();
        assertThat(Audit.outcomes(
                        finals, JsonLines.objects(List.of("{\"late\":1}")).get(0)))
                .hasSize(2);
    }

    private static String rolling(String suite, String time, int revision) {
        return "{\"reportSuite\":\"" + suite + "\",\"dimension\":\"\",\"item\":\"\",\"asOf\":\"" + Day.at(time)
                + "\",\"revision\":" + revision + "}";
    }

    private interface Fault {
        void spoil(List<ObjectNode> output, int i);
    }

    private static void everywhere(Fault fault, String... found) {
        for (int i = 0; i < EXPECTED.size(); i++) {
            List<ObjectNode> output = copies();
            fault.spoil(output, i);
            List<String> differences = Audit.compare(EXPECTED, output);
            Consumer<String> isFound =
                    kind -> assertThat(differences).anyMatch(difference -> difference.startsWith(kind));
            assertThat(List.of(found)).allSatisfy(isFound);
        }
    }

    private static List<ObjectNode> copies() {
        List<ObjectNode> copies = new ArrayList<>();
        EXPECTED.forEach(json -> copies.add(json.deepCopy()));
        return copies;
    }
}
