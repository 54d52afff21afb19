package io.checkoutmetrics.feed;

import io.checkoutmetrics.feed.TestFeed.Outcome;
import io.checkoutmetrics.fuzz.Campaign;
import io.checkoutmetrics.fuzz.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows, JSON lines and manifests of any content: reading ends, and every record is a hit or a problem, never both. */
class FeedFuzzTest {
    private static final List<byte[]> ROW = bytes(
            "eu",
            "\t",
            "11:A=2",
            ",",
            "200=7.00",
            "\t",
            "1767607200",
            "\t",
            "fra",
            "\t",
            "page",
            "\n",
            "us",
            "\t",
            "1,11",
            "\t",
            "1767607201",
            "\t",
            "deu",
            "\t",
            "",
            "\n");
    private static final List<byte[]> JSON = bytes(
            "{",
            "\"reportSuite\"",
            ":",
            "\"eu\"",
            ",",
            "\"events\"",
            ":",
            "\"scCheckout:A1\"",
            ",",
            "\"time\"",
            ":",
            "\"2026-01-05T10:00:00Z\"",
            ",",
            "\"dimensions\"",
            ":",
            "{",
            "\"eVar5\"",
            ":",
            "\"x\"",
            "}",
            "}",
            "\n");
    private static final List<byte[]> MANIFEST = bytes(
            "Datafeed-Manifest-Version",
            ": ",
            "1.0",
            "\n",
            "Lookup-Files",
            ": ",
            "0",
            "\n",
            "Data-Files",
            ": ",
            "1",
            "\n",
            "Total-Records",
            ": ",
            "2",
            "\n\n",
            "Data-File",
            ": ",
            "hits.tsv",
            "\n",
            "MD5-Digest",
            ": ",
            "d41d8cd98f00b204e9800998ecf8427e",
            "\n",
            "File-Size",
            ": ",
            "40",
            "\n",
            "Record-Count",
            ": ",
            "2",
            "\n");
    private static final List<byte[]> HOSTILE = hostile();

    @TempDir
    Path folder;

    @BeforeEach
    void files() {
        TestFeed.write(folder.resolve("column_headers.tsv"), TestFeed.HEADERS);
        TestFeed.write(folder.resolve("hits.tsv"), TestFeed.row("eu", "11", 0));
    }

    @Test
    void rowsOfADataFeed_areHitsOrProblems() {
        FeedOptions options =
                FeedOptions.of(FeedFormat.DATAFEED, List.of("-")).withHeaders(folder.resolve("column_headers.tsv"));
        Campaign.run(
                "data feed", 2_000, 0.001, 128 << 20, random -> outcome(TestFeed.read(options, many(ROW, random))));
    }

    @Test
    void jsonLines_areHitsOrProblems() {
        FeedOptions options = FeedOptions.of(FeedFormat.JSONL, List.of("-"));
        Campaign.run(
                "JSON lines", 2_000, 0.001, 128 << 20, random -> outcome(TestFeed.read(options, many(JSON, random))));
    }

    @Test
    void manifests_areFollowedOrRefused() {
        Path manifest = folder.resolve("manifest.txt");
        Campaign.run("manifests", 300, 0.000_1, 128 << 20, random -> {
            TestFeed.write(manifest, Tokens.of(MANIFEST).broken(random, Tokens.of(MANIFEST), HOSTILE));
            try {
                return outcome(TestFeed.readDataFeed(manifest));
            } catch (FeedException e) {
                return "refused";
            }
        });
    }

    private static byte[] many(List<byte[]> record, Random random) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            records.addAll(record);
        }
        return Tokens.of(records).broken(random, Tokens.of(record), HOSTILE);
    }

    /** {@link TestFeed#read} holds the counts to their equation. */
    private static String outcome(Outcome read) {
        return (read.hits().isEmpty() ? "no hits" : "hits") + (read.problems().isEmpty() ? "" : " and problems");
    }

    private static List<byte[]> hostile() {
        List<byte[]> all = new ArrayList<>(bytes(
                "",
                "\t",
                "\n",
                "\r",
                "\\",
                "\\\t",
                "^",
                "^,",
                "=",
                ":",
                "\u0000",
                "\"",
                "\\u0000",
                "null",
                "-1",
                "1e999",
                "[]",
                "{}",
                "{",
                "}",
                "[".repeat(20_000),
                "{\"a\":".repeat(5_000),
                "9".repeat(5_000),
                "6.91753E+18",
                "99999999999999999999",
                "11,".repeat(30_000),
                "\"2026-13-45T99:99:99Z\"",
                "\"+1000000000-01-01T00:00:00Z\"",
                "../../etc/passwd",
                "/dev/null",
                "..",
                "\ufeff",
                "\u2028"));
        all.add(new byte[] {(byte) 0xC3, 0x28});
        all.add(new byte[] {(byte) 0xFF, (byte) 0xFE});
        return all;
    }

    private static List<byte[]> bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
