package io.checkoutmetrics.feed;

import static io.checkoutmetrics.feed.TestFeed.HEADERS;
import static io.checkoutmetrics.feed.TestFeed.gzip;
import static io.checkoutmetrics.feed.TestFeed.readDataFeed;
import static io.checkoutmetrics.feed.TestFeed.row;
import static io.checkoutmetrics.feed.TestFeed.tarGz;
import static io.checkoutmetrics.feed.TestFeed.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.feed.TestFeed.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries of one data file with two hits and a lookup archive, described by a manifest that may err. */
class DeliveryTest {
    private static final String LOOKUP = "eu_2026-01-05-lookup_data.tar.gz";
    private static final String DATA = "01-eu_2026-01-05.tsv.gz";

    @TempDir
    Path folder;

    private final byte[] data = gzip(row("eu", "11", 0) + row("eu", "950", 1));
    private final byte[] lookups = tarGz(Map.of("column_headers.tsv", HEADERS, "event.tsv", "950\tCheckout\n"));

    @BeforeEach
    void deliver() {
        write(folder.resolve(LOOKUP), lookups);
        write(folder.resolve(DATA), data);
    }

    @Test
    void manifest_bringsDataAndLookups() throws Exception {
        Outcome outcome = readDataFeed(manifest(text()));
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.events()).containsExactly("scCheckout", "scCheckout");
    }

    @Test
    void commentFirst_noFinalLineEnd_crlf_unknownNames_areNoProblem() throws Exception {
        String text = "-- as delivered\n\n" + text().strip().replace("\n", "\nOrigin: x\n");
        assertThat(readDataFeed(manifest(text.replace("\n", "\r\n"))).problems())
                .isEmpty();
        assertThat(readDataFeed(manifest(text)).hits()).hasSize(2);
    }

    @Test
    void digestWithoutItsLeadingZeros_orInCapitals_isTheSame() throws Exception {
        Path file = write(folder.resolve("file"), "168");
        assertThat(part("6F52E9102A8D3BE2FE5614F42BA989").mismatch(file)).isNull();
        assertThat(part("6f52e9102a8d3be2fe5614f42ba980").mismatch(file)).contains("MD5");
        assertThat(part("no digest").mismatch(file)).contains("MD5");
    }

    private static Manifest.Part part(String md5) {
        return new Manifest.Part("file", Optional.of(md5), OptionalLong.empty(), OptionalLong.empty());
    }

    @Test
    void otherDigest_refusesTheFile() throws Exception {
        Outcome outcome =
                readDataFeed(manifest(text().replace(TestFeed.md5(data), "0123456789abcdef0123456789abcdef")));
        assertThat(outcome.hits()).isEmpty();
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).endsWith(DATA);
            assertThat(problem.message()).startsWith("refused").contains("MD5");
        });
    }

    @Test
    void otherSize_refusesTheFile() throws Exception {
        Outcome outcome =
                readDataFeed(manifest(text().replace("File-Size: " + data.length, "File-Size: " + (data.length + 1))));
        assertThat(outcome.hits()).isEmpty();
        assertThat(outcome.messages())
                .singleElement()
                .asString()
                .startsWith("refused")
                .contains("bytes");
    }

    @Test
    void otherRecordCount_isReportedAfterReading() throws Exception {
        Outcome outcome = readDataFeed(
                manifest(text().replace("Record-Count: 2", "Record-Count: 3").replace("Records: 2", "Records: 3")));
        assertThat(outcome.hits()).hasSize(2);
        assertThat(outcome.messages()).containsExactly("it holds 2 records, the manifest says 3");
    }

    @Test
    void manifestThatContradictsItself_isReported() throws Exception {
        Outcome outcome = readDataFeed(manifest(
                text().replace("Data-Files: 1", "Data-Files: 2").replace("Total-Records: 2", "Total-Records: two")));
        assertThat(outcome.hits()).hasSize(2);
        assertThat(outcome.messages())
                .containsExactly("says Data-Files: 2, but lists 1", "says Total-Records: -1, but lists 2");
    }

    @Test
    void dataFileThatIsMissing_isReported_andTheOthersRead() throws Exception {
        Outcome outcome = readDataFeed(manifest(text() + "\nData-File: 02-eu.tsv.gz\nFile-Size: 5\n"));
        assertThat(outcome.hits()).hasSize(2);
        assertThat(outcome.problems()).anySatisfy(problem -> {
            assertThat(problem.file()).endsWith("02-eu.tsv.gz");
            assertThat(problem.message()).startsWith("missing");
        });
    }

    @Test
    void fileOutsideTheFolder_isNotRead() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        write(folder.resolve("column_headers.tsv"), HEADERS);
        Path manifest = write(inner.resolve("m.txt"), text().replace(DATA, "../" + DATA));
        Outcome outcome = readDataFeed(manifest);
        assertThat(outcome.hits()).isEmpty();
        assertThat(outcome.messages()).anyMatch(message -> message.contains("outside its folder"));
    }

    @Test
    void lookupsOfAnotherDigest_areNotUsed_andWithoutOthersTheFeedIsRefused() {
        Path manifest = manifest(text().replace(TestFeed.md5(lookups), "00"));
        assertThatThrownBy(() -> readDataFeed(manifest))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("--headers")
                .hasMessageContaining("MD5");
    }

    @Test
    void manifestAndItsDataFile_areNotReadTwice() {
        assertThatThrownBy(() -> readDataFeed(manifest(text()), folder.resolve(DATA)))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void textFileThatIsNoManifest_isData() throws Exception {
        write(folder.resolve("column_headers.tsv"), HEADERS);
        assertThat(readDataFeed(write(folder.resolve("hits.txt"), row("eu", "11", 0)))
                        .hits())
                .hasSize(1);
    }

    private Path manifest(String text) {
        return write(folder.resolve("eu_2026-01-05.txt"), text);
    }

    private String text() {
        return "Datafeed-Manifest-Version: 1.0\nLookup-Files: 1\nData-Files: 1\nTotal-Records: 2\n\nLookup-File: "
                + LOOKUP + "\nMD5-Digest: " + TestFeed.md5(lookups) + "\nFile-Size: " + lookups.length
                + "\n\nData-File: " + DATA
                + "\nMD5-Digest: " + TestFeed.md5(data) + "\nFile-Size: " + data.length + "\nRecord-Count: 2\n";
    }
}
