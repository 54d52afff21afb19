package io.checkoutmetrics.feed;

import static io.checkoutmetrics.feed.TestFeed.HEADERS;
import static io.checkoutmetrics.feed.TestFeed.gzip;
import static io.checkoutmetrics.feed.TestFeed.row;
import static io.checkoutmetrics.feed.TestFeed.tarGz;
import static io.checkoutmetrics.feed.TestFeed.write;
import static io.checkoutmetrics.feed.TestFeed.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.feed.TestFeed.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes are, reading ends, throws nothing, and accounts for every record. */
class RandomInputTest {
    private static final String ROWS = row("eu", "11:A=2,200=7.00", 0) + row("é€", "^,11", 5) + row("", "x\\", 9);
    private static final String JSON =
            "{\"reportSuite\":\"eu\",\"events\":\"a\",\"time\":\"2026-01-05T10:00:00Z\",\"dimensions\":{\"eVar1\":\"x\"}}\n";

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    @BeforeEach
    void headers() {
        write(folder.resolve("column_headers.tsv"), HEADERS);
    }

    @Test
    void randomBytes_areProblems_neverHits() throws Exception {
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[1 + random.nextInt(3000)];
            random.nextBytes(bytes);
            for (String name : List.of("a.tsv", "a.tsv.gz", "a.zip", "a.tar.gz", "a.txt")) {
                Outcome outcome = TestFeed.readDataFeed(write(folder.resolve(name), bytes));
                assertThat(outcome.hits()).isEmpty();
                assertThat(outcome.problems()).isNotEmpty();
            }
            Outcome json = TestFeed.read(TestFeed.json(write(folder.resolve("a.jsonl"), bytes)));
            assertThat(json.hits()).isEmpty();
        }
    }

    @Test
    void flippedBytes_costAtMostTheHitsTheyTouch_orTheRestOfTheirFile() throws Exception {
        Map<String, String> entries = Map.of("column_headers.tsv", HEADERS, "hit_data.tsv", ROWS.repeat(20));
        Map<String, byte[]> files = Map.of(
                "b.tsv", ROWS.repeat(20).getBytes(StandardCharsets.UTF_8),
                "b.tsv.gz", gzip(ROWS.repeat(20)),
                "b.zip", zip(entries),
                "b.tar.gz", tarGz(entries));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            for (int i = 0; i < 300; i++) {
                Path damaged = write(folder.resolve(file.getKey()), flipped(file.getValue()));
                TestFeed.readDataFeed(damaged);
            }
        }
    }

    @Test
    void flippedBytesInJson_breakLinesOnly() throws Exception {
        byte[] lines = JSON.repeat(20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1000; i++) {
            Outcome outcome = TestFeed.read(TestFeed.json(write(folder.resolve("b.jsonl"), flipped(lines))));
            assertThat(outcome.hits()).hasSizeGreaterThanOrEqualTo(18);
        }
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        return copy;
    }
}
