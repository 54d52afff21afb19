package io.checkoutmetrics.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rows and fields against the plainest way to write them and the plainest way to read them. */
class RowPropertiesTest {
    @Property
    void whatIsEscaped_comesBack(@ForAll("tables") List<List<String>> table, @ForAll("lineEnds") String end)
            throws IOException {
        String file = table.stream()
                .map(row -> row.stream().map(RowPropertiesTest::escaped).collect(Collectors.joining("\t")) + end)
                .collect(Collectors.joining());

        List<List<String>> written =
                table.stream().filter(row -> !String.join("\t", row).isEmpty()).toList();
        assertThat(rows(file)).isEqualTo(written);
    }

    @Property
    void anyText_isReadAsTheNaiveReaderDoes(@ForAll("raw") String file) throws IOException {
        assertThat(rows(file)).isEqualTo(naiveRows(file));
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        // No CR: an escaped one before an LF line end can't be told from an escaped CRLF.
        Arbitrary<String> field = Arbitraries.strings()
                .withChars('a', '\t', '\n', '\\', 'é', '€', ';', ',')
                .ofMaxLength(6);
        return field.list().ofMinSize(1).ofMaxSize(5).list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Provide
    Arbitrary<String> raw() {
        return Arbitraries.strings()
                .withChars('a', 'b', '\t', '\n', '\r', '\\', 'é')
                .ofMaxLength(40);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\t", "\\\t").replace("\n", "\\\n");
    }

    private static List<List<String>> rows(String file) throws IOException {
        LineReader lines = new LineReader(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), true, 1024);
        Row row = new Row();
        List<List<String>> rows = new ArrayList<>();
        while (lines.next()) {
            row.split(lines.bytes(), lines.length());
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.columns(); i++) {
                fields.add(row.field(i));
            }
            rows.add(fields);
        }
        return rows;
    }

    /** Marks what is escaped with private characters, splits at what is left, and puts the characters back. */
    private static List<List<String>> naiveRows(String file) {
        String marked = file.replace("\\\\", "\uE000")
                .replace("\\\r\n", "\uE001\uE002")
                .replace("\\\r", "\uE001")
                .replace("\\\n", "\uE002")
                .replace("\\\t", "\uE003");
        return List.of(marked.split("\r\n|\r|\n")).stream()
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\t", -1)).stream()
                        .map(field -> field.replace('\uE000', '\\')
                                .replace('\uE001', '\r')
                                .replace('\uE002', '\n')
                                .replace('\uE003', '\t'))
                        .toList())
                .toList();
    }
}
