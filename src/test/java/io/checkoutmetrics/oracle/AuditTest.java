package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is right has no differences, and a difference says what is wrong. That each is found, the controls prove. */
class AuditTest {
    private static final Recount.Finals RIGHT = Recount.finals(RightOutput.hits(1_000), RightOutput.RULES);
    private static final List<ObjectNode> FINALS = RIGHT.intervals();

    @Test
    void rightOutput_hasNoDifferences() {
        List<ObjectNode> copies = new ArrayList<>();
        FINALS.forEach(json -> copies.add(json.deepCopy()));
        List<ObjectNode> counters = RightOutput.counters(RIGHT);
        Map<Integer, JsonNode> byPartition = new HashMap<>();
        IntStream.range(0, counters.size()).forEach(i -> byPartition.put(i, counters.get(i)));
        List<DeadLetter> deadLetters = new ArrayList<>(Accounts.deadLetters(RIGHT));
        Collections.reverse(deadLetters);

        assertThat(Audit.compare(FINALS, copies)).isEmpty();
        assertThat(Audit.keys(RightOutput.published(FINALS))).isEmpty();
        assertThat(Audit.order(RollingControlsTest.RIGHT)).isEmpty();
        assertThat(Accounts.outcomes(RIGHT, byPartition)).isEmpty();
        assertThat(counters)
                .allSatisfy(of -> assertThat(Accounts.conservation(of)).isEmpty());
        assertThat(Accounts.deadLetters(RIGHT, deadLetters)).isEmpty();
    }

    @Test
    void allThatCanCome_isInTheOutputThatIsSpoilt() {
        assertThat(RIGHT.outcomes().values())
                .allSatisfy(hits -> assertThat(hits).isGreaterThan(5));
        assertThat(RIGHT.notes()).containsKeys("near_miss", "invalid_event_id");
        assertThat(FINALS).extracting(json -> json.path("reportSuite").asText()).contains("eu-shop", "us-shop");
        assertThat(FINALS).extracting(json -> json.path("dimension").asText()).contains("", "country", "campaign");
        assertThat(RightOutput.hits(1_000)).extracting(Arrival::partition).contains(0, 1, 2, 3);
    }

    @Test
    void orderOfTheTopic_doesNotMatter() {
        List<ObjectNode> shuffled = new ArrayList<>(FINALS);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(Audit.compareUnordered(FINALS, shuffled)).isEmpty();
        assertThat(Audit.compare(FINALS, shuffled)).isNotEmpty().allMatch(said -> said.startsWith("not sorted: "));
    }

    @Test
    void differences_sayWhatIsWrong() {
        ObjectNode one = FINALS.get(0);
        ObjectNode other = one.deepCopy().put("checkouts", 77);
        ObjectNode elsewhere = one.deepCopy().put("reportSuite", "uk-shop");
        List<ObjectNode> right = List.of(one);

        assertThat(Audit.compare(right, List.of())).containsExactly("missing: " + one);
        assertThat(Audit.compare(right, List.of(one, elsewhere))).containsExactly("unexpected: " + elsewhere);
        assertThat(Audit.compare(right, List.of(other)))
                .containsExactly("different checkouts: expected " + one.path("checkouts") + " but was 77 in " + other);
        assertThat(Audit.compare(right, List.of(one, one))).containsExactly("published 2 times: " + Interval.of(one));
        assertThat(Audit.compare(right, List.of(one.deepCopy().put("end", "tomorrow"))))
                .anyMatch(said -> said.startsWith("no interval: "));
        assertThat(Accounts.outcomes(
                        new Day().hit("10:00:00", "scCheckout").finals(),
                        JsonLines.objects(List.of("{\"late\":1,\"polls\":3}")).get(0)))
                .containsExactly("different counted: expected 1 but was 0", "different late: expected 0 but was 1");
        assertThat(Accounts.deadLetters(
                        new Day().unreadable("10:00:00", "truncated").finals(), List.of()))
                .containsExactly("expected 1 times but was there 0 times: " + new DeadLetter(0, 0, "truncated"));
    }
}
