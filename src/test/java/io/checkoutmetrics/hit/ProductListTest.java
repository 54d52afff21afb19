package io.checkoutmetrics.hit;

import static io.checkoutmetrics.hit.TestHits.encode;
import static io.checkoutmetrics.hit.TestHits.field;
import static io.checkoutmetrics.hit.TestHits.hit;
import static io.checkoutmetrics.hit.TestHits.reader;
import static io.checkoutmetrics.hit.TestHits.record;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductListTest {
    private static final HitRules RULES =
            HitRules.defaults().withDimensions(List.of("country", "product", "campaign", "category"));

    /** The items of a dimension of a hit, separated by bars. */
    private static String items(String dimension, Reading reading) {
        return ((CheckoutHit) reading)
                .dimensionItems().stream()
                        .filter(one -> one.dimension().equals(dimension))
                        .map(DimensionItem::item)
                        .collect(Collectors.joining("|"));
    }

    private static String items(String dimension, String products) {
        return items(dimension, reader(RULES).read(hit("eu", "scCheckout", Map.of("products", products)), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\\',
            quoteCharacter = '"',
            value = {
                ";shoe \\ shoe \\ (none)",
                "shoes;runner;1;59.90;event1=2|event2=3;eVar1=a \\ runner \\ shoes",
                ";a,;b,;c \\ a|b|c \\ (none)",
                ";b,;a,;b,;a \\ b|a \\ (none)",
                "x;a,x;b,y;a \\ a|b \\ x|y",
                "x;a,;b \\ a|b \\ x",
                "\"\" \\ (none) \\ (none)",
                ", \\ (none) \\ (none)",
                ";,;;1;5,,;a, \\ a \\ (none)",
                "x;,y \\ (none) \\ x|y",
                "\" x ; a b\t, x;\ta b\" \\ a b \\ x",
                ";a^,b,;c^;d,;e^=f,;g^^h \\ a,b|c;d|e=f|g^h \\ (none)",
                ";a^^,;b \\ a^|b \\ (none)",
                "^;^,;^a,;b^ \\ ^a|b^ \\ ;,",
                ";a^^^,b \\ a^,b \\ (none)",
                ";(none),; \\ (none) \\ (none)",
                ";Shoe,;shoe \\ Shoe|shoe \\ (none)",
                ";été,;\uD83D\uDED2 \\ été|\uD83D\uDED2 \\ (none)"
            })
    void differentProducts_andDifferentCategories_countOnce(String products, String ofProduct, String ofCategory) {
        assertThat(items("product", products)).isEqualTo(ofProduct);
        assertThat(items("category", products)).isEqualTo(ofCategory);
    }

    @Test
    void itemsOfADimension_standTogether_whereTheDimensionDoes() {
        byte[] bytes = hit("eu", "scCheckout", Map.of("products", "x;a,y;b", "country", "fr"));

        assertThat(((CheckoutHit) reader(RULES).read(bytes, 0)).dimensionItems())
                .containsExactly(
                        new DimensionItem("country", "fr"),
                        new DimensionItem("product", "a"),
                        new DimensionItem("product", "b"),
                        new DimensionItem("campaign", "(none)"),
                        new DimensionItem("category", "x"),
                        new DimensionItem("category", "y"));
    }

    @Test
    void productsBeyondTheFirstHundredDifferentOnes_areOneItem() {
        List<String> hundred = names(100);
        assertThat(items("product", products(hundred))).isEqualTo(String.join("|", hundred));

        List<String> again = new ArrayList<>(names(100));
        again.addAll(hundred);
        assertThat(items("product", products(again))).isEqualTo(String.join("|", hundred));
        assertThat(items("product", products(names(101)))).isEqualTo(String.join("|", hundred) + "|(more)");
        assertThat(items("product", products(names(20_000)))).isEqualTo(String.join("|", hundred) + "|(more)");
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i).toList();
    }

    private static String products(List<String> names) {
        return names.stream().map(name -> ";" + name).collect(Collectors.joining(","));
    }

    @Test
    void longNames_areShortened_andStayDifferent() {
        String longName = "\u00e9".repeat(200);
        String[] items =
                items("product", ";" + longName + "1,;" + longName + "2").split("\\|");

        assertThat(items).hasSize(2).doesNotHaveDuplicates().allSatisfy(item -> {
            assertThat(item).startsWith("\u00e9".repeat(100));
            assertThat(item.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
        });
    }

    @Test
    void nameThatIsNoUtf8_isInvalid_andTheOthersCount() {
        Schema schema = record(
                field("reportSuite", "\"string\""), field("events", "\"string\""), field("products", "\"bytes\""));
        ByteBuffer products = ByteBuffer.wrap(";a,;\u00e9,x\u00e9;b".getBytes(ISO_8859_1));
        byte[] bytes = encode(schema, Map.of("reportSuite", "eu", "events", "scCheckout", "products", products));

        assertThat(items("product", reader(schema, RULES).read(bytes, 0))).isEqualTo("a|(invalid)|b");
        assertThat(items("category", reader(schema, RULES).read(bytes, 0))).isEqualTo("(invalid)");
    }

    @Test
    void hitWithoutTheField_orWithNull_countsForNone() {
        Schema schema = record(field("reportSuite", "\"string\""), field("events", "\"string\""));
        byte[] bytes = encode(schema, Map.of("reportSuite", "eu", "events", "scCheckout"));

        assertThat(items("product", reader(schema, RULES).read(bytes, 0))).isEqualTo("(none)");
        assertThat(items("category", reader(RULES).read(hit("eu", "scCheckout"), 0)))
                .isEqualTo("(none)");
    }

    @Test
    void producersFieldOfThatName_isReadInstead_onlyIfASettingNamesIt() {
        Schema schema = record(
                field("reportSuite", "\"string\""),
                field("events", "\"string\""),
                field("product_list", "\"string\""),
                field("category", "\"string\""),
                field("sku", "\"string\""));
        byte[] bytes = encode(
                schema,
                Map.of(
                        "reportSuite",
                        "eu",
                        "events",
                        "scCheckout",
                        "product_list",
                        "x;a,y;b",
                        "category",
                        "page;1",
                        "sku",
                        "s,1"));
        HitRules renamed = RULES.withFields(Map.of("products", "product_list"));
        HitRules own = RULES.withFields(Map.of("product", "sku", "category", "category"));

        assertThat(items("product", reader(schema, renamed).read(bytes, 0))).isEqualTo("a|b");
        assertThat(items("category", reader(schema, renamed).read(bytes, 0))).isEqualTo("x|y");
        assertThat(items("product", reader(schema, own).read(bytes, 0))).isEqualTo("s,1");
        assertThat(items("category", reader(schema, own).read(bytes, 0))).isEqualTo("page;1");
    }

    @Test
    void fieldThatIsNoText_isAMismatch_ifProductsAreAskedFor() {
        Schema schema = record(
                field("reportSuite", "\"string\""),
                field("events", "\"string\""),
                field("products", "{\"type\":\"array\",\"items\":\"string\"}"));

        assertThatThrownBy(() -> HitReader.of(schema, RULES))
                .isInstanceOf(UnusableSchemaException.class)
                .hasMessageContaining("field products cannot be products: it is of type array")
                .hasMessageContaining("set fields.products");
        byte[] bytes = encode(schema, Map.of("reportSuite", "eu", "events", "scCheckout", "products", List.of("a")));
        assertThat(reader(schema, HitRules.defaults()).read(bytes, 0)).isInstanceOf(CheckoutHit.class);
    }
}
