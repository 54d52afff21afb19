package io.checkoutmetrics.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.metric.MetricJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinalsFileTest {
    private static final String FINAL = "{\"reportSuite\":\"eu\",\"dimension\":\"country\",\"item\":\"fr\","
            + "\"start\":\"2026-01-05T10:00:00Z\",\"end\":\"2026-01-05T10:01:00Z\",\"checkouts\":2,\"increments\":3,"
            + "\"visitors\":null,\"visits\":null,\"hits\":null,\"cartValue\":null}";

    @TempDir
    Path folder;

    private static List<String> read(Path file) throws IOException {
        List<CheckoutInterval> all = new ArrayList<>();
        FinalsFile.read(file.toString(), all::add);
        return all.stream().map(MetricJson::line).toList();
    }

    @Test
    void linesOfReplay_areReadAsTheyWerePrinted() throws IOException {
        Path file = Files.writeString(folder.resolve("finals.jsonl"), FINAL + "\n\n" + FINAL + "\n");
        assertThat(read(file)).containsExactly(FINAL, FINAL);
    }

    @Test
    void packedLines_areUnpacked() throws IOException {
        Path file = folder.resolve("finals.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(FINAL.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(file)).containsExactly(FINAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"reportSuite\":\"eu\"}",
                "{\"reportSuite\":\"\",\"dimension\":\"\",\"item\":\"\",\"start\":\"2026-01-05T10:00:00Z\","
                        + "\"end\":\"2026-01-05T10:01:00Z\",\"checkouts\":2,\"increments\":3}",
                "{\"reportSuite\":\"eu\",\"dimension\":\"\",\"item\":\"fr\",\"start\":\"2026-01-05T10:00:00Z\","
                        + "\"end\":\"2026-01-05T10:01:00Z\",\"checkouts\":2,\"increments\":3}",
                "{\"reportSuite\":\"eu\",\"dimension\":\"\",\"item\":\"\",\"start\":\"yesterday\","
                        + "\"end\":\"2026-01-05T10:01:00Z\",\"checkouts\":2,\"increments\":3}",
                "{\"reportSuite\":\"eu\",\"dimension\":\"\",\"item\":\"\",\"start\":\"2026-01-05T10:00:00Z\","
                        + "\"end\":\"2026-01-05T10:00:00Z\",\"checkouts\":2,\"increments\":3}",
                "{\"reportSuite\":\"eu\",\"dimension\":\"\",\"item\":\"\",\"start\":\"2026-01-05T10:00:00Z\","
                        + "\"end\":\"2026-01-05T10:01:00Z\",\"checkouts\":-2,\"increments\":3}",
                "{\"reportSuite\":\"eu\",\"dimension\":\"\",\"item\":\"\",\"start\":\"2026-01-05T10:00:00Z\","
                        + "\"end\":\"2026-01-05T10:01:00Z\",\"checkouts\":1e99,\"increments\":3}"
            })
    void whatIsNoFinal_isRefusedWithItsLine(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("finals.jsonl"), FINAL + "\n" + line + "\n");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(file + ":2: no final");
    }

    @Test
    void fileThatIsNotThere_isNamed() {
        assertThatThrownBy(() -> read(folder.resolve("none.jsonl")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("none.jsonl cannot be read");
    }
}
