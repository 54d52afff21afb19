package io.checkoutmetrics.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.feed.TestFeed.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    private static final String TIME = "\"time\":\"2026-01-05T10:00:00Z\"";
    private static final FeedOptions STDIN = FeedOptions.of(FeedFormat.JSONL, List.of("-"));

    @Test
    void everyField_arrivesInTheHit() throws Exception {
        Hit hit = one("{\"reportSuite\":\"eu\",\"events\":\"scCheckout:A1\",\"time\":\"2026-01-05T11:00:00.5+01:00\","
                        + "\"receivedTime\":\"2026-01-05T10:00:02Z\",\"hitId\":\"h\",\"visitorId\":\"v\","
                        + "\"visitId\":\"s\",\"excluded\":\"bot\",\"pageName\":\"p\",\"campaign\":\"c\","
                        + "\"country\":\"fr\",\"currency\":\"EUR\",\"products\":\";x\",\"deviceType\":\"d\","
                        + "\"dimensions\":{\"eVar5\":\"x\",\"eVar6\":null},\"other\":{\"deep\":[1,{}]}}")
                .hit();
        assertThat(hit)
                .isEqualTo(new Hit(
                        "eu",
                        "scCheckout:A1",
                        Instant.parse("2026-01-05T10:00:00.500Z"),
                        "h",
                        "v",
                        "s",
                        "bot",
                        "p",
                        "c",
                        "fr",
                        "EUR",
                        ";x",
                        "d",
                        Map.of("eVar5", "x")));
    }

    @Test
    void received_isTheTimeReceived_elseTheTime() throws Exception {
        assertThat(one("{\"reportSuite\":\"eu\"," + TIME + ",\"receivedTime\":\"2026-01-05T10:00:02Z\"}")
                        .receivedMs())
                .isEqualTo(Instant.parse("2026-01-05T10:00:02Z").toEpochMilli());
        assertThat(one("{\"reportSuite\":\"eu\"," + TIME + "}").receivedMs())
                .isEqualTo(Instant.parse("2026-01-05T10:00:00Z").toEpochMilli());
    }

    @Test
    void receivedTimeAlone_leavesTheTimeOpen() throws Exception {
        ReceivedHit hit = one("{\"reportSuite\":\"eu\",\"receivedTime\":\"2026-01-05T10:00:02Z\"}");
        assertThat(hit.hit().getTime()).isNull();
        assertThat(hit.hit().getEvents()).isEmpty();
    }

    @Test
    void clientClockBefore2000_isLeftToTheJob_whenTheTimeReceivedIsKnown() throws Exception {
        ReceivedHit hit = one("{\"reportSuite\":\"eu\",\"time\":\"1970-01-01T00:00:00Z\","
                + "\"receivedTime\":\"2026-01-05T10:00:02Z\"}");
        assertThat(hit.hit().getTime()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void reportSuiteOfTheOption_standsInForAMissingOne() throws Exception {
        Outcome outcome = TestFeed.read(STDIN.withReportSuite("shop"), utf8("{" + TIME + "}\n"));
        assertThat(outcome.hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.hit().getReportSuite()).isEqualTo("shop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"text\"",
                "null",
                "{\"reportSuite\":\"eu\",\"time\":\"2026-01-05T10:00:00Z\"} {}",
                "nonsense",
                "{\"reportSuite\":\"eu\"}",
                "{\"time\":\"2026-01-05T10:00:00Z\"}",
                "{\"reportSuite\":\"\",\"time\":\"2026-01-05T10:00:00Z\"}",
                "{\"reportSuite\":5,\"time\":\"2026-01-05T10:00:00Z\"}",
                "{\"reportSuite\":\"eu\",\"time\":1767607200}",
                "{\"reportSuite\":\"eu\",\"time\":\"2026-01-05T10:00:00\"}",
                "{\"reportSuite\":\"eu\",\"time\":\"2026-01-05 10:00:00Z\"}",
                "{\"reportSuite\":\"eu\",\"time\":\"\"}",
                "{\"reportSuite\":\"eu\",\"time\":\"+999999999-12-31T23:59:59Z\"}",
                "{\"reportSuite\":\"eu\",\"time\":\"1999-12-31T23:59:59Z\"}",
                "{\"reportSuite\":\"eu\",\"events\":[\"scCheckout\"],\"time\":\"2026-01-05T10:00:00Z\"}",
                "{\"reportSuite\":\"eu\",\"events\":\"a\",\"events\":\"b\",\"time\":\"2026-01-05T10:00:00Z\"}",
                "{\"reportSuite\":\"eu\",\"dimensions\":[],\"time\":\"2026-01-05T10:00:00Z\"}",
                "{\"reportSuite\":\"eu\",\"dimensions\":{\"eVar1\":1},\"time\":\"2026-01-05T10:00:00Z\"}",
            })
    void brokenLine_isReportedWithItsNumber_andTheNextOneRead(String broken) throws Exception {
        String good = "{\"reportSuite\":\"eu\"," + TIME + "}";
        Outcome outcome = TestFeed.read(STDIN, utf8(good + "\n" + broken + "\n" + good));
        assertThat(outcome.hits()).hasSize(2);
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.message()).isNotBlank().doesNotContain("\n");
        });
    }

    @Test
    void deepNesting_andInvalidUtf8_areBrokenLines() throws Exception {
        Outcome deep = TestFeed.read(STDIN, utf8("{\"x\":" + "[".repeat(100_000)));
        assertThat(deep.problems()).hasSize(1);
        Outcome latin = TestFeed.read(STDIN, "{\"reportSuite\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(latin.messages()).containsExactly("not UTF-8");
    }

    @Test
    void byteOrderMark_andBlankLines_areNoProblem() throws Exception {
        String good = "{\"reportSuite\":\"eu\"," + TIME + "}";
        Outcome outcome = TestFeed.read(STDIN, utf8("\uFEFF" + good + "\r\n\r\n  \t \n" + good));
        assertThat(outcome.counts()).isEqualTo(new FeedCounts(2, 2, 0, 0));
    }

    @Test
    void optionsOfDataFeeds_areRefused() {
        assertThatThrownBy(() -> Feed.open(STDIN.withZone(ZoneOffset.UTC)))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("--zone");
    }

    private static ReceivedHit one(String line) throws FeedException {
        Outcome outcome = TestFeed.read(STDIN, utf8(line));
        assertThat(outcome.problems()).isEmpty();
        return outcome.hits().get(0);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
