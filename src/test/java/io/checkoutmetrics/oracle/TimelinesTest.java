package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelinesTest {

    @Test
    void sameSeed_makesTheSameHits() {
        assertThat(Timelines.hits(3, 200)).isEqualTo(Timelines.hits(3, 200)).isNotEqualTo(Timelines.hits(4, 200));
    }

    @Test
    void timeReceived_neverGoesBack() {
        assertThat(JsonLines.objects(Timelines.hits(1, 2_000)))
                .extracting(hit -> Instant.parse(hit.path("receivedTime").asText()))
                .isSorted();
    }

    @Test
    void everyOutcome_isAmongTheHits_butThatNoneIsUnreadable() {
        Recount.Finals finals = Recount.finals(JsonLines.hits(Timelines.hits(1, 2_000)), Rules.defaults());

        assertThat(finals.outcomes().entrySet())
                .filteredOn(entry -> entry.getKey() != Outcome.UNREADABLE)
                .allSatisfy(entry -> assertThat(entry.getValue()).isGreaterThan(10));
        assertThat(finals.outcomes()).containsEntry(Outcome.UNREADABLE, 0L);
        assertThat(finals.notes()).containsKeys("near_miss", "invalid_event_id");
        assertThat(finals.hitsRead()).isGreaterThanOrEqualTo(2_000);
    }

    @Test
    void everySettingThatDecides_changesTheFinals() {
        List<Arrival> hits = JsonLines.hits(Timelines.hits(1, 3_000));
        List<ObjectNode> finals = Recount.finals(hits, Rules.defaults()).intervals();
        Map<String, String> others = Map.of(
                "checkout.events", "scCheckout,purchase",
                "checkout.max-increment", "20",
                "dimensions", "country,product",
                "intervals", "5m",
                "grace", "9m",
                "time.max-future", "1m",
                "dedup.mode", "visit",
                "dedup.mode.eu-shop", "always",
                "dedup.event-id.retention", "10m",
                "dedup.hit-id.retention", "5m");
        others.forEach((name, value) -> {
            Rules rules = Rules.of(Map.of(name, value));
            List<String> differences =
                    Audit.compare(finals, Recount.finals(hits, rules).intervals());
            assertThat(differences.isEmpty()).as(name).isFalse();
        });
    }

    @Test
    void orderOfTheInput_doesNotMatter() {
        List<String> lines = Timelines.hits(9, 1_000);
        List<Arrival> hits = JsonLines.hits(lines);
        List<?> finals = Recount.finals(hits, Rules.defaults()).intervals();
        Collections.shuffle(hits, new Random(1));

        assertThat(Recount.finals(hits, Rules.defaults()).intervals()).isEqualTo(finals);
    }

    @Test
    void partitionsAndOrderAmongSimultaneousHits_doNotMatter() {
        List<Arrival> hits = new ArrayList<>(JsonLines.hits(Timelines.hits(11, 1_000)));
        List<?> finals = Recount.finals(hits, Rules.defaults()).intervals();
        hits.replaceAll(hit -> Arrival.of(
                Math.floorMod(hit.hit().path("visitorId").asText().hashCode(), 4),
                hit.offset(),
                hit.recordTimeMs(),
                hit.hit()));

        assertThat(Recount.finals(hits, Rules.defaults()).intervals()).isEqualTo(finals);
    }
}
