package io.checkoutmetrics.metric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesKeyTest {
    private static String text(Series series) {
        return new String(SeriesKey.of(series), UTF_8);
    }

    @Test
    void keys_areJsonArraysOfOneOrThreeStrings() {
        assertThat(text(Series.total("eu"))).isEqualTo("[\"eu\"]");
        assertThat(text(new Series("eu", "country", "fr"))).isEqualTo("[\"eu\",\"country\",\"fr\"]");
        assertThat(text(new Series("eu", "country", ""))).isEqualTo("[\"eu\",\"country\",\"\"]");
        assertThat(text(new Series("été", "d\"\\", "\u0000\n🛒")))
                .isEqualTo("[\"été\",\"d\\\"\\\\\",\"\\u0000\\n🛒\"]");
    }

    /** Any text that UTF-8 can hold: a lone half of a pair cannot come out of a hit's bytes. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any =
                Arbitraries.strings().ofMaxLength(8).map(text -> new String(text.getBytes(UTF_8), UTF_8));
        return Arbitraries.oneOf(
                any, Arbitraries.of("\"", "\\", "[", "]", "\u0000", "\u001f", "\u2028", "🛒", "null", "\",\"", "￿"));
    }

    @Provide
    Arbitrary<Series> series() {
        Arbitrary<String> names = texts().filter(text -> !text.isEmpty());
        return Arbitraries.oneOf(
                names.map(Series::total),
                Combinators.combine(names, names, texts()).as(Series::new));
    }

    @Property
    void seriesWithAnyNames_isReadBackFromItsKey(@ForAll("series") Series series) {
        assertThat(SeriesKey.parse(SeriesKey.of(series))).isEqualTo(series);
    }

    @Property
    void differentSeries_haveDifferentKeys(@ForAll("series") Series one, @ForAll("series") Series other) {
        assertThat(text(one).equals(text(other))).isEqualTo(one.equals(other));
    }

    /** The stores tell series from their own entries by it. */
    @Property
    void everyKey_beginsWithABracket(@ForAll("series") Series series) {
        assertThat(SeriesKey.of(series)[0]).isEqualTo((byte) '[');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[",
                "[]",
                "[null]",
                "[\"eu\",null,null]",
                "[\"eu\",\"country\"]",
                "[\"\"]",
                "[\"eu\",\"\",\"fr\"]",
                "[[\"eu\"]]",
                "eu",
                "[\"a\",\"b\",\"c\",\"d\"]"
            })
    void whatIsNoKey_isRefused(String key) {
        assertThatThrownBy(() -> SeriesKey.parse(key.getBytes(UTF_8))).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void anyBytes_areAKeyOrRefused_neverAnythingElse(@ForAll @From("bytes") byte[] key) {
        try {
            assertThat(SeriesKey.parse(key).reportSuite()).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20),
                Arbitraries.of("[", "]", "\"", ",", "null", "a", "1", "{", "\\")
                        .list()
                        .ofMaxSize(9)
                        .map(parts -> String.join("", parts).getBytes(UTF_8)));
    }
}
