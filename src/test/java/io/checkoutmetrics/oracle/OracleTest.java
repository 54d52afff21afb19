package io.checkoutmetrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OracleTest {
    private static final Rules RULES = Rules.of(Map.of("grace", "30s"));

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void rightFinals_exitWith0() throws IOException {
        List<String> finals = write(0);

        assertThat(run("grace=30s")).isZero();
        assertThat(text(out)).isEqualTo("0 differences over " + finals.size() + " intervals\n");
        assertThat(text(err)).contains("counted ", "late ");
    }

    @Test
    void wrongFinals_exitWith1_andSayWhatIsWrong() throws IOException {
        write(1);

        assertThat(run("grace=30s")).isEqualTo(1);
        assertThat(text(out)).startsWith("missing: {\"reportSuite\"").contains("1 differences over");
        assertThat(run("grace=10m")).isEqualTo(1);
    }

    @Test
    void wrongUsage_exitsWith2() throws IOException {
        write(0);

        assertThat(Oracle.run(new String[] {"hits.jsonl"}, stream(out), stream(err)))
                .isEqualTo(2);
        assertThat(run("grcae=30s")).isEqualTo(2);
        assertThat(run("grace=soon")).isEqualTo(2);
        assertThat(text(err)).contains("usage: Oracle", "grcae is no rule", "soon is no duration");
    }

    @Test
    void lineThatIsNoHit_isRefusedByNumber() {
        assertThatThrownBy(() -> JsonLines.hits(List.of("", "{\"reportSuite\":")))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> JsonLines.hits(List.of("[1]"))).hasMessageContaining("line 1");
        assertThatThrownBy(() -> JsonLines.hits(List.of("{\"reportSuite\":\"eu\"}")))
                .hasMessageContaining("no time");
    }

    @Test
    void hits_areSortedByTheTimeReceived_whichIsTheClientsWhereThereIsNone() {
        List<Arrival> hits = JsonLines.hits(List.of(
                "{\"reportSuite\":\"c\",\"time\":\"2026-01-05T10:00:02Z\"}",
                "{\"reportSuite\":\"b\",\"time\":\"2026-01-05T10:00:09Z\",\"receivedTime\":\"2026-01-05T10:00:01Z\"}",
                "{\"reportSuite\":\"d\",\"receivedTime\":\"2026-01-05T11:00:02+01:00\"}"));

        assertThat(hits).extracting(Arrival::reportSuite).containsExactly("b", "c", "d");
        assertThat(hits).extracting(Arrival::offset).containsExactly(0L, 1L, 2L);
        assertThat(hits.get(0).clientTimeMs()).hasValue(Day.at("10:00:09").toEpochMilli());
        assertThat(hits.get(2).clientTimeMs()).isEmpty();
    }

    private List<String> write(int dropped) throws IOException {
        List<String> hits = Timelines.hits(5, 300);
        List<String> finals = new ArrayList<>();
        for (ObjectNode json : Recount.finals(JsonLines.hits(hits), RULES).intervals()) {
            finals.add(json.toString());
        }
        Files.write(folder.resolve("hits.jsonl"), hits);
        Files.write(folder.resolve("finals.jsonl"), finals.subList(dropped, finals.size()));
        return finals;
    }

    private int run(String setting) {
        String[] args = {
            folder.resolve("hits.jsonl").toString(),
            folder.resolve("finals.jsonl").toString(),
            setting
        };
        return Oracle.run(args, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
