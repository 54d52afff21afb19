package io.checkoutmetrics.hit;

import static io.checkoutmetrics.hit.TestHits.encode;
import static io.checkoutmetrics.hit.TestHits.field;
import static io.checkoutmetrics.hit.TestHits.fullHit;
import static io.checkoutmetrics.hit.TestHits.hit;
import static io.checkoutmetrics.hit.TestHits.reader;
import static io.checkoutmetrics.hit.TestHits.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HitReaderTest {
    private static final HitRules RULES =
            HitRules.defaults().withDimensions(List.of("dimensions.eVar5", "country", "campaign", "dimensions.eVar6"));

    private final HitReader reader = reader(RULES);

    /** One item of each of the dimensions. */
    private static List<DimensionItem> items(String... items) {
        return IntStream.range(0, items.length)
                .mapToObj(i -> new DimensionItem(RULES.dimensions().get(i), items[i]))
                .toList();
    }

    @Test
    void checkout_isReadInFull() {
        assertThat(reader.read(fullHit("event1,scCheckout=2:A1,sccheckout,scCheckout:-"), 0))
                .isEqualTo(new CheckoutHit(
                        "eu-shop",
                        List.of(new Item("scCheckout", "A1", 2), new Item("scCheckout", null, 1)),
                        OptionalLong.of(1_767_607_200_000L),
                        "h-1",
                        "visitor-1",
                        "visit-1",
                        items("blue", "fr", "spring", CheckoutHit.NONE),
                        OptionalLong.empty(),
                        1,
                        true));
    }

    @Test
    void checkoutWithNothingElse_isACheckout() {
        assertThat(reader.read(hit("eu", "scCheckout"), 0))
                .isEqualTo(SomeCheckout.in("eu")
                        .dimensions(items(CheckoutHit.NONE, CheckoutHit.NONE, CheckoutHit.NONE, CheckoutHit.NONE))
                        .hit());
    }

    @Test
    void increments_areTheSumOfTheValues() {
        assertThat(checkout(reader.read(hit("eu", "scCheckout,scCheckout=3"), 0))
                        .increments())
                .isEqualTo(4);
    }

    @Test
    void hitWithoutQualifyingEvent_isTheSameNoCheckoutEveryTime() {
        Reading first = reader.read(fullHit("event1"), 0);

        assertThat(first).isEqualTo(new Reading.NoCheckout("eu-shop", false));
        assertThat(reader.read(hit("eu-shop", "scCheckout=0"), 0)).isSameAs(first);
        assertThat(reader.read(hit("eu-shop", "SCCHECKOUT"), 0)).isEqualTo(new Reading.NoCheckout("eu-shop", true));
    }

    @Test
    void noCheckout_isReadNoFurtherThanItsEvents() {
        byte[] bytes = hit("eu", "event1");

        assertThat(reader.read(bytes, 0, 10)).isEqualTo(new Reading.NoCheckout("eu", false));
        assertThat(reader.read(Arrays.copyOf(bytes, bytes.length + 1), 0)).isInstanceOf(Reading.NoCheckout.class);
        assertThat(reader.read(bytes, 0, 9)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void frameBeforeTheHit_isSkipped() {
        byte[] framed = ByteBuffer.allocate(200)
                .put(new byte[5])
                .put(hit("eu", "scCheckout"))
                .array();
        int length = 5 + hit("eu", "scCheckout").length;

        assertThat(reader.read(Arrays.copyOf(framed, length), 5)).isInstanceOf(CheckoutHit.class);
        assertThat(reader.read(framed, 5, length)).isInstanceOf(CheckoutHit.class);
        assertThat(reader.read(framed, 5)).isInstanceOf(Reading.Unreadable.class);
        assertThat(reader.read(new byte[5], 5)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void excludedCheckout_isExcluded_evenWithAnInvalidValue() {
        Map<String, Object> excluded = Map.of("excluded", "hit_source=5");

        assertThat(reader.read(hit("eu", "scCheckout", excluded), 0))
                .isEqualTo(new Reading.Excluded("eu", "hit_source=5"));
        assertThat(reader.read(hit("eu", "scCheckout=x", excluded), 0)).isInstanceOf(Reading.Excluded.class);
        assertThat(reader.read(hit("eu", "event1", excluded), 0)).isInstanceOf(Reading.NoCheckout.class);
    }

    @Test
    void excludedAsEmptyZeroOrFalse_isCounted() {
        for (String no : List.of("", "0", "false")) {
            assertThat(reader.read(hit("eu", "scCheckout", Map.of("excluded", no)), 0))
                    .isInstanceOf(CheckoutHit.class);
        }
    }

    @Test
    void oneInvalidValue_refusesTheHit() {
        Reading reading = reader.read(hit("eu", "scCheckout,scCheckout=x"), 0);

        assertThat(reading).isInstanceOf(Reading.Refused.class);
        assertThat(((Reading.Refused) reading).reason()).isEqualTo(Reason.INVALID_EVENT_VALUE);
        assertThat(((Reading.Refused) reading).reportSuite()).isEqualTo("eu");
    }

    @Test
    void reportSuiteThatIsEmptyTooLongOrNotAllowed_isUnknown_whateverTheEvents() {
        HitReader picky = reader(RULES.withReportSuites(Set.of("eu", "us")));

        for (String events : List.of("scCheckout", "")) {
            assertThat(reason(reader.read(hit("", events), 0))).isEqualTo(Reason.UNKNOWN_REPORT_SUITE);
            assertThat(reason(reader.read(hit("s".repeat(256), events), 0))).isEqualTo(Reason.UNKNOWN_REPORT_SUITE);
            assertThat(reader.read(hit("s".repeat(255), events), 0)).isNotInstanceOf(Reading.Unreadable.class);
            assertThat(reason(picky.read(hit("fr", events), 0))).isEqualTo(Reason.UNKNOWN_REPORT_SUITE);
            assertThat(picky.read(hit("eu", events), 0)).isNotInstanceOf(Reading.Unreadable.class);
        }
    }

    @Test
    void eventsOver64KB_areOversized() {
        String longest = "e".repeat(65_536 - 11) + ",scCheckout";

        assertThat(reader.read(hit("eu", longest), 0)).isInstanceOf(CheckoutHit.class);
        assertThat(reason(reader.read(hit("eu", "e" + longest), 0))).isEqualTo(Reason.OVERSIZED_EVENTS);
    }

    @Test
    void byteAfterACheckout_isTrailing() {
        byte[] bytes = hit("eu", "scCheckout");

        assertThat(reason(reader.read(Arrays.copyOf(bytes, bytes.length + 1), 0)))
                .isEqualTo(Reason.TRAILING_BYTES);
    }

    @Test
    void invalidUtf8_isAnItemInADimension_butMalformedInEventsSuiteAndIds() {
        Schema schema = record(
                field("reportSuite", "\"bytes\""),
                field("events", "\"bytes\""),
                field("hitId", "\"bytes\""),
                field("country", "\"bytes\""));
        ByteBuffer bad = ByteBuffer.wrap(new byte[] {'a', (byte) 0xFF});
        Map<String, Object> good = Map.of(
                "reportSuite", utf8("eu"), "events", utf8("scCheckout"), "hitId", utf8("h"), "country", utf8("fr"));
        HitReader bytesReader = reader(schema, RULES);

        assertThat(checkout(bytesReader.read(encode(schema, with(good, "country", bad)), 0))
                        .dimensionItems())
                .contains(new DimensionItem("country", CheckoutHit.INVALID));
        assertThat(reason(bytesReader.read(encode(schema, with(good, "hitId", bad)), 0)))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(bytesReader.read(encode(schema, with(good, "reportSuite", bad)), 0)))
                .isEqualTo(Reason.MALFORMED);
        ByteBuffer events = ByteBuffer.wrap("scCheckout,\u00ff".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(reason(bytesReader.read(encode(schema, with(good, "events", events)), 0)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void itemOver255Bytes_isShortened() {
        String item = checkout(reader.read(hit("eu", "scCheckout", Map.of("country", "\u00e9".repeat(200))), 0))
                .dimensionItems()
                .get(1)
                .item();

        assertThat(item.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
        assertThat(item).startsWith("\u00e9".repeat(100));
    }

    @Test
    void moreReportSuitesThanAreRemembered_areReadAllTheSame() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 3 * ReportSuites.MAX_KNOWN; i++) {
                assertThat(reader.read(hit("suite" + i, ""), 0)).isEqualTo(new Reading.NoCheckout("suite" + i, false));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}', 1767607200123, 1767607200123",
        "'{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}', 1767607200123999, 1767607200123",
        "'{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"}', 1767607200123999999, 1767607200123",
        "'\"long\"', -5, -5",
        "'[\"long\",\"null\"]', 7, 7",
        "'[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}]', -1, -1"
    })
    void time_isReadInItsUnit(String type, long written, long ms) {
        Schema schema = record(field("time", type), field("events", "\"string\""), field("reportSuite", "\"string\""));
        byte[] bytes = encode(schema, Map.of("time", written, "events", "scCheckout", "reportSuite", "eu"));

        assertThat(checkout(reader(schema, RULES).read(bytes, 0)).clientTimeMs())
                .hasValue(ms);
    }

    @ParameterizedTest
    @CsvSource({
        "int, -3, -3",
        "long, 6917530000000000000, 6917530000000000000",
        "double, 1e10, 10000000000",
        "float, 0.5, 0.5",
        "boolean, true, true"
    })
    void numericDimension_isItsDecimalText(String type, String written, String item) {
        Schema schema = record(
                field("country", "\"" + type + "\""),
                field("events", "\"string\""),
                field("reportSuite", "\"string\""));
        Object value = switch (type) {
            case "int" -> Integer.valueOf(written);
            case "long" -> Long.valueOf(written);
            case "double" -> Double.valueOf(written);
            case "float" -> Float.valueOf(written);
            default -> Boolean.valueOf(written);
        };
        byte[] bytes = encode(schema, Map.of("country", value, "events", "scCheckout", "reportSuite", "eu"));

        assertThat(checkout(reader(schema, RULES.withDimensions(List.of("country")))
                                .read(bytes, 0))
                        .dimensionItems())
                .containsExactly(new DimensionItem("country", item));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private static CheckoutHit checkout(Reading reading) {
        assertThat(reading).isInstanceOf(CheckoutHit.class);
        return (CheckoutHit) reading;
    }

    private static Reason reason(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return ((Reading.Unreadable) reading).reason();
    }
}
