package io.checkoutmetrics.feed;

import static io.checkoutmetrics.feed.TestFeed.HEADERS;
import static io.checkoutmetrics.feed.TestFeed.dataFeed;
import static io.checkoutmetrics.feed.TestFeed.gzip;
import static io.checkoutmetrics.feed.TestFeed.read;
import static io.checkoutmetrics.feed.TestFeed.readDataFeed;
import static io.checkoutmetrics.feed.TestFeed.row;
import static io.checkoutmetrics.feed.TestFeed.tarGz;
import static io.checkoutmetrics.feed.TestFeed.write;
import static io.checkoutmetrics.feed.TestFeed.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.feed.TestFeed.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
    private static final String ROWS = row("eu", "11", 0) + row("eu", "2", 1);

    @TempDir
    Path folder;

    @Test
    void headersBesideTheFile_areFoundByThemselves_andEventNamesToo() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        write(folder.resolve("event.tsv"), "2\tCheckout\n");
        Outcome outcome = readDataFeed(write(folder.resolve("hit_data.tsv"), ROWS));
        assertThat(outcome.events()).containsExactly("scCheckout", "scCheckout");
        assertThat(outcome.counts()).isEqualTo(new FeedCounts(2, 2, 0, 0));
    }

    @Test
    void headersAndLookupThatAreNamed_goBeforeThoseBeside() throws Exception {
        write(folder.resolve("column_headers.tsv"), "wrong\n");
        Path headers = write(folder.resolve("mine.tsv"), HEADERS);
        Path lookup = write(folder.resolve("numbers.tsv"), "11\tPurchase\n");
        Path data = write(folder.resolve("hit_data.tsv"), ROWS);
        assertThat(read(dataFeed(data).withHeaders(headers).withEventLookup(lookup))
                        .events())
                .containsExactly("purchase", "prodView");
    }

    @Test
    void gzipZipAndTar_areReadAsPlainFilesAre() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        Path gz = write(folder.resolve("a.tsv.gz"), concat(gzip(row("eu", "11", 0)), gzip(row("eu", "2", 0))));
        Path zip = write(folder.resolve("b.zip"), zip(Map.of("hit_data.tsv", ROWS)));
        Path tar = write(folder.resolve("c.tar.gz"), tarGz(Map.of("x/hit_data.tsv", ROWS)));
        Outcome outcome = readDataFeed(gz, zip, tar);
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.events())
                .containsExactly("scCheckout", "prodView", "scCheckout", "prodView", "scCheckout", "prodView");
        assertThat(outcome.progress().bytesRead())
                .isEqualTo(outcome.progress().totalBytes().orElseThrow())
                .isEqualTo(Files.size(gz) + Files.size(zip) + Files.size(tar));
    }

    @Test
    void archiveWithItsLookups_needsNothingElse_andReadsAllItsData() throws Exception {
        Map<String, String> entries = Map.of(
                "column_headers.tsv",
                HEADERS,
                "event.tsv",
                "11\tPurchase\n",
                "browser.tsv",
                "1\tx\n",
                "01-eu_2026-01-05.tsv",
                ROWS,
                "02-eu_2026-01-05.tsv",
                ROWS,
                "__MACOSX/._01-eu_2026-01-05.tsv",
                "junk");
        for (Path archive : List.of(
                write(folder.resolve("eu.zip"), zip(entries)), write(folder.resolve("eu.tar.gz"), tarGz(entries)))) {
            Outcome outcome = readDataFeed(archive);
            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.events()).containsExactly("purchase", "prodView", "purchase", "prodView");
        }
    }

    @Test
    void standardInput_isReadWithNamedHeaders_gzippedToo() throws Exception {
        Path headers = write(folder.resolve("h.tsv"), HEADERS);
        FeedOptions options = FeedOptions.of(FeedFormat.DATAFEED, List.of("-")).withHeaders(headers);
        assertThat(read(options, ROWS.getBytes(StandardCharsets.UTF_8)).hits()).hasSize(2);
        Outcome gzipped = read(options, gzip(ROWS));
        assertThat(gzipped.hits()).hasSize(2);
        assertThat(gzipped.progress().totalBytes()).isEmpty();
    }

    @Test
    void brokenRow_isReportedWithFileAndLine_andTheOthersRead() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        Path data = write(folder.resolve("hit_data.tsv"), row("eu", "11", 0) + "too\tshort\n" + row("eu", "11", 1));
        Outcome outcome = readDataFeed(data);
        assertThat(outcome.hits()).hasSize(2);
        assertThat(outcome.problems())
                .containsExactly(new FeedProblem(data.toString(), 2, "row has 2 columns, its headers name 5"));
        assertThat(outcome.problems().get(0)).hasToString(data + ":2: row has 2 columns, its headers name 5");
        assertThat(outcome.counts()).isEqualTo(new FeedCounts(3, 2, 1, 0));
    }

    @Test
    void headersRepeatedInTheData_areNoRecord() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        Outcome outcome = readDataFeed(write(folder.resolve("hit_data.tsv"), HEADERS + ROWS));
        assertThat(outcome.counts()).isEqualTo(new FeedCounts(2, 2, 0, 0));
    }

    @Test
    void overlongRow_isReported_andTheNextOneRead() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        String giant = "x".repeat(LineReader.MAX_LINE_BYTES + 1) + "\n";
        Outcome outcome = readDataFeed(write(folder.resolve("hit_data.tsv"), giant + ROWS));
        assertThat(outcome.hits()).hasSize(2);
        assertThat(outcome.messages()).singleElement().asString().contains("longer than");
    }

    @Test
    void fileCutShort_isReported_andItsHitsSoFarAndTheNextFileRead() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rows.append(row("eu", "11", i * 7919L % 100_000));
        }
        byte[] gzip = gzip(rows.toString());
        Path cut = write(folder.resolve("cut.tsv.gz"), Arrays.copyOf(gzip, gzip.length / 2));
        Path whole = write(folder.resolve("whole.tsv"), row("eu", "2", 0));
        Outcome outcome = readDataFeed(cut, whole);
        assertThat(outcome.hits().size()).isBetween(2, 20_000);
        assertThat(outcome.events()).endsWith("scCheckout", "prodView");
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(cut.toString());
            assertThat(problem.line()).isZero();
        });
    }

    @Test
    void damagedArchive_andEmptyGzip_areReported_andTheNextFileRead() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        Path zip = write(folder.resolve("a.zip"), "no zip");
        Path tar = write(folder.resolve("b.tar.gz"), gzip("no tar".repeat(1000)));
        Path empty = write(folder.resolve("c.tsv.gz"), "");
        Path lookups = write(folder.resolve("d.zip"), zip(Map.of("browser.tsv", "1\tx\n")));
        Path good = write(folder.resolve("e.tsv"), ROWS);
        Outcome outcome = readDataFeed(zip, tar, empty, lookups, good);
        assertThat(outcome.hits()).hasSize(2);
        assertThat(outcome.problems())
                .extracting(FeedProblem::file)
                .containsExactlyInAnyOrder(zip.toString(), tar.toString(), empty.toString(), lookups.toString());
    }

    @Test
    void zipEntryOfAnotherChecksum_isReported_andTheNextEntryRead() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        String mark = "\tMARK\t";
        byte[] zip = stored("01-a.tsv", ROWS.replace("\tfra\t", mark), "02-b.tsv", ROWS);
        zip[new String(zip, StandardCharsets.ISO_8859_1).indexOf("MARK")] = 'B';
        Outcome outcome = readDataFeed(write(folder.resolve("a.zip"), zip));
        assertThat(outcome.hits()).hasSize(4);
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).endsWith("a.zip!01-a.tsv");
            assertThat(problem.message()).contains("checksum");
        });
    }

    @Test
    void whatTheConsumerThrows_endsTheReading_andIsNoProblemOfTheFile() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        Feed feed = Feed.open(dataFeed(write(folder.resolve("b.zip"), zip(Map.of("hit_data.tsv", ROWS)))));
        AtomicInteger problems = new AtomicInteger();
        assertThatThrownBy(() -> feed.read(
                        hit -> {
                            throw new IllegalArgumentException("broker gone");
                        },
                        problem -> problems.incrementAndGet()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broker gone");
        assertThat(problems).hasValue(0);
    }

    @Test
    void whatCannotBeMeant_isRefused_withTheRemedy() {
        Path data = write(folder.resolve("hit_data.tsv"), ROWS);
        Path missing = folder.resolve("missing.tsv");
        assertRefused(dataFeed(), "No file given");
        assertRefused(dataFeed(missing), "missing.tsv: no such file");
        assertRefused(dataFeed(folder), "is a folder");
        assertRefused(dataFeed(data), "--headers");
        assertRefused(dataFeed(data).withHeaders(missing), "missing.tsv: no such file");
        assertRefused(dataFeed(data).withHeaders(write(folder.resolve("empty"), "")), "no column names");
        Path headers = write(folder.resolve("h"), HEADERS);
        assertRefused(dataFeed(data).withHeaders(headers).withEventLookup(missing), "missing.tsv: no such file");
        assertRefused(dataFeed(data).withHeaders(headers).withEventLookup(headers), "event.tsv");
        assertRefused(dataFeed(data, data).withHeaders(headers), "read twice");
        assertRefused(FeedOptions.of(FeedFormat.JSONL, List.of("-", "-")), "twice");
        assertRefused(FeedOptions.of(FeedFormat.DATAFEED, List.of("-")), "--headers");
    }

    private static void assertRefused(FeedOptions options, String message) {
        assertThatThrownBy(() -> Feed.open(options))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining(message);
    }

    private static byte[] stored(String... namesAndContents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
