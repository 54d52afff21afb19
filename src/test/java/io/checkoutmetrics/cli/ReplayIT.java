package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.oracle.Audit;
import io.checkoutmetrics.oracle.JsonLines;
import io.checkoutmetrics.oracle.Recount;
import io.checkoutmetrics.oracle.Rules;
import io.checkoutmetrics.oracle.Timelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void hitsOfEveryKind_areCountedAsTheOracleCountsThem() throws IOException {
        List<String> hits = Timelines.hits(1, 1_500);
        assertThat(differences(hits, replay(hits, "--partitions", "1"), Rules.defaults()))
                .isEmpty();
    }

    @Test
    void shuffledHits_deliveredTwice_overEightPartitions_giveTheSameCheckouts() throws IOException {
        List<String> hits = Timelines.hits(2, 1_000);
        List<String> doubled = new ArrayList<>(hits);
        hits.stream().filter(hit -> hit.contains("\"hitId\"")).forEach(doubled::add);
        Collections.shuffle(doubled, new Random(2));
        List<String> finals = replay(doubled, "--partitions", "8");
        assertThat(differences(doubled, finals, Rules.defaults())).isEmpty();
        assertThat(checkouts(finals)).isEqualTo(checkouts(replay(hits)));
    }

    @Test
    void otherModesAndDimensions_areCountedAsTheOracleCountsThem() throws IOException {
        List<String> hits = Timelines.hits(3, 1_000);
        List<String> finals = replay(
                hits,
                "--partitions",
                "3",
                "--set",
                "dedup.mode=visit",
                "--set",
                "dimensions=country,dimensions.eVar5",
                "--set",
                "intervals=1m,1h,1d",
                "--set",
                "intervals.zone=Pacific/Honolulu",
                "--set",
                "grace=30m");
        Rules rules = Rules.of(Map.of(
                "dedup.mode", "visit",
                "dimensions", "country,dimensions.eVar5",
                "intervals", "1m,1h,1d",
                "intervals.zone", "Pacific/Honolulu",
                "grace", "30m"));
        assertThat(differences(hits, finals, rules)).isEmpty();
    }

    @Test
    void brokenLines_areToldWithTheirNumber_andTheRestIsCounted() throws IOException {
        List<String> hits = List.of(
                "{\"reportSuite\":\"eu\",\"events\":\"scCheckout\",\"time\":\"2026-01-05T10:00:01Z\"}",
                "no hit at all",
                "",
                "{\"reportSuite\":\"eu\",\"time\":\"yesterday\"}",
                "{\"reportSuite\":\"eu\",\"events\":\"scCheckout=x\",\"time\":\"2026-01-05T10:00:02Z\"}",
                "{\"reportSuite\":\"eu\",\"events\":\"scCheckout\",\"time\":\"2026-01-05T10:00:03Z\"}");
        try (CommandProcess replay = start(hits, "--rolling")) {
            assertThat(replay.exitCode()).isZero();
            assertThat(replay.err()).contains("hits.jsonl:2:", "hits.jsonl:4:");
            JsonNode counters = lastLine(replay.err());
            assertThat(counters.path("broken_records_in_files").asLong()).isEqualTo(2);
            assertThat(counters.path("invalid_event_value").asLong()).isEqualTo(1);
            assertThat(counters.path("counted").asLong()).isEqualTo(2);
            JsonNode total = JSON.readTree(replay.outLines().get(0));
            assertThat(total.path("reportSuite").asText()).isEqualTo("eu");
            assertThat(total.path("dimension").asText()).isEmpty();
            assertThat(total.path("windows").path(0).path("checkouts").asLong()).isEqualTo(2);
            assertThat(total.path("windows").path(0).path("hits").asLong()).isEqualTo(3);
        }
    }

    private List<String> replay(List<String> hits, String... more) throws IOException {
        try (CommandProcess replay = start(hits, more)) {
            assertThat(replay.exitCode()).as(replay.err()).isZero();
            JsonNode counters = lastLine(replay.err());
            assertThat(counters.path("hits_read").asLong())
                    .isEqualTo(counters.path("not_checkout").asLong()
                            + counters.path("excluded").asLong()
                            + counters.path("dead_lettered").asLong()
                            + counters.path("checkouts_seen").asLong());
            assertThat(counters.path("checkouts_seen").asLong())
                    .isEqualTo(counters.path("counted").asLong()
                            + counters.path("duplicate").asLong());
            return replay.outLines();
        }
    }

    private CommandProcess start(List<String> hits, String... more) throws IOException {
        Path file = Files.write(folder.resolve("hits.jsonl"), hits);
        List<String> arguments = new ArrayList<>(List.of("replay", "--format", "jsonl"));
        arguments.addAll(List.of(more));
        arguments.add(file.toString());
        return CommandProcess.start(folder, arguments.toArray(new String[0]));
    }

    private static List<String> differences(List<String> hits, List<String> finals, Rules rules) {
        return Audit.compare(Recount.finals(JsonLines.hits(hits), rules).intervals(), JsonLines.objects(finals));
    }

    private static JsonNode lastLine(String text) throws IOException {
        List<String> lines = text.lines().toList();
        return JSON.readTree(lines.get(lines.size() - 1));
    }

    private static List<String> checkouts(List<String> finals) {
        return JsonLines.objects(finals).stream()
                .filter(one -> one.path("checkouts").asLong() > 0)
                .map(one -> one.path("reportSuite").asText()
                        + one.path("dimension").asText()
                        + one.path("item").asText()
                        + one.path("start").asText()
                        + one.path("checkouts").asText())
                .toList();
    }
}
