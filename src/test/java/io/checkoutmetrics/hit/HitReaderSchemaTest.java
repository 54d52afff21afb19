package io.checkoutmetrics.hit;

import static io.checkoutmetrics.hit.TestHits.encode;
import static io.checkoutmetrics.hit.TestHits.field;
import static io.checkoutmetrics.hit.TestHits.reader;
import static io.checkoutmetrics.hit.TestHits.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HitReaderSchemaTest {
    private static final String SUITE = field("reportSuite", "\"string\"");
    private static final String EVENTS = field("events", "\"string\"");
    private static final HitRules RULES = HitRules.defaults();

    @Test
    void fieldUnderTheProducersName_isFound() {
        Schema schema = record(field("post_event_list", "[\"string\",\"null\"]"), field("rsid", "\"string\""));
        HitRules rules = RULES.withFields(Map.of("events", "post_event_list", "reportSuite", "rsid"));
        byte[] bytes = encode(schema, Map.of("post_event_list", "scCheckout", "rsid", "eu"));

        assertThat(reader(schema, rules).read(bytes, 0)).isInstanceOf(CheckoutHit.class);
    }

    @Test
    void fieldWithOurNameAmongItsAliases_isFound() {
        Schema schema = record(
                "{\"name\":\"evts\",\"type\":\"string\",\"aliases\":[\"x\",\"events\"]}",
                "{\"name\":\"rs\",\"type\":\"string\",\"aliases\":[\"reportSuite\"]}");
        byte[] bytes = encode(schema, Map.of("evts", "scCheckout", "rs", "eu"));

        assertThat(reader(schema, RULES).read(bytes, 0)).isInstanceOf(CheckoutHit.class);
    }

    @Test
    void mappedName_winsOverOurs_andOursHoldsWhereTheWriterLacksIt() {
        HitRules rules = RULES.withFields(Map.of("events", "post_event_list"));
        Schema both = record(SUITE, EVENTS, field("post_event_list", "\"string\""));
        byte[] bytes = encode(both, Map.of("reportSuite", "eu", "events", "", "post_event_list", "scCheckout"));
        Schema old = record(SUITE, EVENTS);

        assertThat(reader(both, rules).read(bytes, 0)).isInstanceOf(CheckoutHit.class);
        assertThat(reader(old, rules).read(encode(old, Map.of("reportSuite", "eu", "events", "scCheckout")), 0))
                .isInstanceOf(CheckoutHit.class);
    }

    @Test
    void dimensionOfTheMap_mayBeAFieldOfItsOwn() {
        Schema schema = record(SUITE, EVENTS, field("post_evar5", "\"string\""));
        HitRules rules =
                RULES.withDimensions(List.of("dimensions.eVar5")).withFields(Map.of("dimensions.eVar5", "post_evar5"));
        byte[] bytes = encode(schema, Map.of("reportSuite", "eu", "events", "scCheckout", "post_evar5", "blue"));

        assertThat(((CheckoutHit) reader(schema, rules).read(bytes, 0)).dimensionItems())
                .containsExactly(new DimensionItem("dimensions.eVar5", "blue"));
    }

    @Test
    void keyTwiceInTheMap_countsAsTheLast() {
        Schema schema = record(field("dimensions", "{\"type\":\"map\",\"values\":\"string\"}"), SUITE, EVENTS);
        byte[] bytes = {
            4, 2, 'k', 2, '1', 2, 'k', 2, '2', 0, 4, 'e', 'u', 20, 's', 'c', 'C', 'h', 'e', 'c', 'k', 'o', 'u', 't'
        };
        HitRules rules = RULES.withDimensions(List.of("dimensions.k"));

        assertThat(((CheckoutHit) reader(schema, rules).read(bytes, 0)).dimensionItems())
                .containsExactly(new DimensionItem("dimensions.k", "2"));
    }

    @Test
    void enumDimension_isItsSymbol() {
        Schema schema = record(
                SUITE,
                EVENTS,
                field("country", "[\"null\",{\"type\":\"enum\",\"name\":\"C\",\"symbols\":[\"fr\",\"de\"]}]"));
        Schema type = schema.getField("country").schema().getTypes().get(1);
        byte[] bytes = encode(
                schema,
                Map.of("reportSuite", "eu", "events", "scCheckout", "country", new GenericData.EnumSymbol(type, "de")));

        assertThat(((CheckoutHit) reader(schema, RULES).read(bytes, 0)).dimensionItems())
                .extracting(DimensionItem::item)
                .containsExactly("de", CheckoutHit.NONE);
    }

    @Test
    void nullSuiteIsUnknown_nullEventsAreNone() {
        Schema schema = record(field("events", "[\"null\",\"string\"]"), field("reportSuite", "[\"string\",\"null\"]"));

        assertThat(reader(schema, RULES).read(new byte[] {0, 0, 4, 'e', 'u'}, 0))
                .isEqualTo(new Reading.NoCheckout("eu", false));
        assertThat(((Reading.Unreadable) reader(schema, RULES).read(new byte[] {0, 2}, 0)).reason())
                .isEqualTo(Reason.UNKNOWN_REPORT_SUITE);
    }

    @Test
    void missingEvents_areASchemaMismatch_thatNamesTheRemedy() {
        UnusableSchemaException refusal = refusal(record(SUITE, field("event_list", "\"string\"")), RULES);

        assertThat(refusal.reason()).isEqualTo(Reason.SCHEMA_MISMATCH);
        assertThat(refusal).hasMessageContaining("fields.events");
        assertThat(refusal(record(EVENTS), RULES)).hasMessageContaining("fields.reportSuite");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"int\"",
                "{\"type\":\"array\",\"items\":\"string\"}",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"a\"]}",
                "[\"string\",\"long\"]",
                "{\"type\":\"record\",\"name\":\"N\",\"fields\":[]}",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4}"
            })
    void eventsOfAWrongType_areASchemaMismatch(String type) {
        assertThat(refusal(record(SUITE, field("events", type)), RULES).reason())
                .isEqualTo(Reason.SCHEMA_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time:\"string\"",
                "time:\"int\"",
                "time:{\"type\":\"long\",\"logicalType\":\"local-timestamp-millis\"}",
                "hitId:{\"type\":\"array\",\"items\":\"string\"}",
                "country:{\"type\":\"map\",\"values\":\"string\"}",
                "dimensions:\"string\"",
                "dimensions:{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":\"int\"}}"
            })
    void otherFieldOfATypeItCannotHave_isASchemaMismatch_ratherThanIgnored(String field) {
        String[] nameAndType = field.split(":", 2);
        HitRules rules = RULES.withDimensions(List.of("country", "dimensions.eVar1"));

        assertThat(refusal(record(SUITE, EVENTS, field(nameAndType[0], nameAndType[1])), rules))
                .hasMessageContaining("fields." + nameAndType[0])
                .extracting(UnusableSchemaException::reason)
                .isEqualTo(Reason.SCHEMA_MISMATCH);
    }

    @Test
    void oneFieldAsBothSuiteAndEvents_isASchemaMismatch() {
        assertThat(refusal(record(SUITE), RULES.withFields(Map.of("events", "reportSuite")))
                        .reason())
                .isEqualTo(Reason.SCHEMA_MISMATCH);
    }

    @Test
    void schemaThatIsNoRecord_isBad() {
        assertThat(refusal(Schema.create(Schema.Type.STRING), RULES).reason()).isEqualTo(Reason.BAD_SCHEMA);
        assertThat(refusal(Schema.createUnion(record(SUITE, EVENTS)), RULES).reason())
                .isEqualTo(Reason.BAD_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"R\"",
                "[\"null\",\"R\"]",
                "{\"type\":\"array\",\"items\":\"R\"}",
                "{\"type\":\"map\",\"values\":[\"null\",\"R\"]}",
                "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"b\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"B\",\"fields\":[{\"name\":\"a\",\"type\":\"A\"}]}]}]}"
            })
    void recursiveType_isBad_whereverItIs(String type) {
        assertThat(refusal(record(SUITE, EVENTS, field("self", type)), RULES).reason())
                .isEqualTo(Reason.BAD_SCHEMA);
    }

    @Test
    void typesNestedThousandsDeep_areBad_asJsonAndAsSchema() {
        String json = "{\"type\":\"array\",\"items\":".repeat(10_000) + "\"int\"" + "}".repeat(10_000);
        Schema deep = Schema.create(Schema.Type.INT);
        for (int i = 0; i < 10_000; i++) {
            deep = Schema.createArray(deep);
        }
        Schema hit = SchemaBuilder.record("R")
                .fields()
                .requiredString("reportSuite")
                .requiredString("events")
                .name("deep")
                .type(deep)
                .noDefault()
                .endRecord();

        assertThat(parseRefusal(json).reason()).isEqualTo(Reason.BAD_SCHEMA);
        assertThat(parseRefusal("[".repeat(1_000_000)).reason()).isEqualTo(Reason.BAD_SCHEMA);
        assertThat(refusal(hit, RULES).reason()).isEqualTo(Reason.BAD_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 2_000, 50_000})
    void typesNestedDeepByName_inFlatJson_areBad(int levels) {
        StringBuilder fields = new StringBuilder(SUITE + "," + EVENTS);
        for (int i = 0; i < levels; i++) {
            String inner = i == 0 ? "\"int\"" : "\"T" + (i - 1) + "\"";
            fields.append(',')
                    .append(field(
                            "f" + i,
                            "{\"type\":\"record\",\"name\":\"T" + i + "\",\"fields\":[" + field("x", inner) + "]}"));
        }
        UnusableSchemaException refusal = catchThrowableOfType(
                UnusableSchemaException.class,
                () -> HitReader.of(
                        HitReader.parseSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}"),
                        RULES));

        assertThat(refusal.reason()).isEqualTo(Reason.BAD_SCHEMA);
    }

    @Test
    void typeUsedTwiceOnEachOfManyLevels_isCompiledInNoTime() {
        StringBuilder fields = new StringBuilder(SUITE + "," + EVENTS);
        for (int i = 0; i < 60; i++) {
            String inner = i == 0 ? "\"int\"" : "\"T" + (i - 1) + "\"";
            fields.append(',')
                    .append(field(
                            "f" + i,
                            "[\"null\",{\"type\":\"record\",\"name\":\"T" + i + "\",\"fields\":[" + field("x", inner)
                                    + "," + field("y", inner) + "]}]"));
        }
        Schema schema = record(fields.toString());

        assertThat(reader(schema, RULES).read(new byte[] {4, 'e', 'u', 0}, 0))
                .isEqualTo(new Reading.NoCheckout("eu", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "5",
                "[]{}",
                "{\"type\":\"record\"}",
                "\"Unknown\"",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"reportSuite\",\"type\":\"Unknown\"}]}",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}",
                "{\"type\":\"enum\",\"name\":\"E\"}",
                "{\"type\":[\"record\"]}"
            })
    void textThatIsNoHitSchema_isBad(String json) {
        UnusableSchemaException refusal = catchThrowableOfType(
                UnusableSchemaException.class, () -> HitReader.of(HitReader.parseSchema(json), RULES));

        assertThat(refusal.reason()).isEqualTo(Reason.BAD_SCHEMA);
    }

    @Test
    void referencedSchema_isResolved() throws UnusableSchemaException {
        String address = "{\"type\":\"record\",\"name\":\"Address\",\"fields\":[" + field("zip", "\"string\"") + "]}";
        String hit = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + field("to", "\"Address\"") + "," + SUITE + ","
                + EVENTS + "]}";
        Schema schema = HitReader.parseSchema(hit, List.of(address));

        assertThat(reader(schema, RULES).read(new byte[] {2, '1', 4, 'e', 'u', 0}, 0))
                .isEqualTo(new Reading.NoCheckout("eu", false));
    }

    private static UnusableSchemaException refusal(Schema schema, HitRules rules) {
        return catchThrowableOfType(UnusableSchemaException.class, () -> HitReader.of(schema, rules));
    }

    private static UnusableSchemaException parseRefusal(String json) {
        return catchThrowableOfType(UnusableSchemaException.class, () -> HitReader.parseSchema(json));
    }
}
