package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that hold no hits, or cannot be read. */
class ReplayBadFilesIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private Path garbage(String name) throws IOException {
        byte[] bytes = new byte[20_000];
        new Random(7).nextBytes(bytes);
        bytes[0] = 'x';
        return Files.write(folder.resolve(name), bytes);
    }

    private CommandProcess replay(String arguments) {
        return CommandProcess.start(folder, ("replay " + arguments).split(" "));
    }

    private static JsonNode counters(CommandProcess replay) throws IOException {
        List<String> lines = replay.err().lines().toList();
        return JSON.readTree(lines.get(lines.size() - 1));
    }

    @ParameterizedTest
    @CsvSource({"--format jsonl", "--format datafeed --headers headers.tsv --report-suite eu"})
    void garbage_isToldLineByLine_andLeftOut(String format) throws IOException {
        garbage("garbage");
        Files.write(folder.resolve("headers.tsv"), List.of("hit_time_gmt\tdate_time\tevent_list"));
        try (CommandProcess replay = replay(format + " garbage")) {
            assertThat(replay.exitCode()).as(replay.err()).isZero();
            assertThat(replay.out()).isEmpty();
            assertThat(replay.err()).contains("garbage:1: ", "garbage:2: ").doesNotContain("\tat ");
            assertThat(counters(replay).path("broken_records_in_files").asLong())
                    .isGreaterThan(20);
            assertThat(counters(replay).path("hits_read").asLong()).isZero();
        }
    }

    @Test
    void emptyFiles_haveNoHits() throws IOException {
        Files.createFile(folder.resolve("empty"));
        try (CommandProcess replay = replay("--format jsonl empty /dev/null")) {
            assertThat(replay.exitCode()).as(replay.err()).isZero();
            assertThat(replay.out()).isEmpty();
            assertThat(replay.err()).hasLineCount(1);
            assertThat(counters(replay).path("records_in_files").asLong(-1)).isZero();
        }
    }

    @Test
    void archivesThatAreNone_areAFailure_andTheOtherFilesCount() throws IOException {
        garbage("none.gz");
        garbage("none.zip");
        Files.write(
                folder.resolve("hit.jsonl"),
                List.of("{\"reportSuite\":\"eu\",\"events\":\"scCheckout\",\"time\":\"2026-01-05T10:00:00Z\"}"));
        try (CommandProcess replay = replay("--format jsonl none.gz hit.jsonl none.zip")) {
            assertThat(replay.exitCode()).as(replay.err()).isEqualTo(1);
            assertThat(replay.err()).contains("none.gz: ", "none.zip: ").doesNotContain("\tat ");
            assertThat(counters(replay).path("problems_with_files").asLong()).isEqualTo(2);
            assertThat(counters(replay).path("counted").asLong()).isEqualTo(1);
            assertThat(replay.outLines()).hasSize(3);
        }
    }

    @Test
    void folder_isRefused() throws IOException {
        Files.createDirectory(folder.resolve("some-folder"));
        try (CommandProcess replay = replay("--format jsonl some-folder")) {
            assertThat(replay.exitCode()).isEqualTo(2);
            assertThat(replay.err()).isEqualTo("some-folder is a folder. Name the files in it.\n");
        }
    }
}
