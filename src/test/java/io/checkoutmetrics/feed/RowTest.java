package io.checkoutmetrics.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RowTest {
    private final Row row = new Row();

    @Test
    void validUtf8_isReadAsUtf8_anythingElseAsLatin1_rowByRow() {
        split("caf\u00e9\tx".getBytes(StandardCharsets.UTF_8));
        assertThat(row.field(0)).isEqualTo("café");

        split("caf\u00e9\tx".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(row.field(0)).isEqualTo("café");
    }

    @Test
    void longRowWithOneStrayByte_isLatin1_wherever() {
        byte[] bytes = ("é" + "x".repeat(20_000) + "é").getBytes(StandardCharsets.UTF_8);
        split(bytes);
        assertThat(row.field(0)).startsWith("é").endsWith("é");

        bytes[bytes.length - 1] = 'x';
        split(bytes);
        assertThat(row.field(0)).startsWith("Ã©");
    }

    @Test
    void backslashBeforeAnythingElse_isItself() {
        split("C:\\temp\tx\\".getBytes(StandardCharsets.UTF_8));
        assertThat(row.field(0)).isEqualTo("C:\\temp");
        assertThat(row.field(1)).isEqualTo("x\\");
    }

    @Test
    void columnThatIsAbsent_isEmpty() {
        split("a\tb".getBytes(StandardCharsets.UTF_8));
        assertThat(row.field(Columns.ABSENT)).isEmpty();
        assertThat(row.columns()).isEqualTo(2);
    }

    private void split(byte[] line) {
        row.split(line, line.length);
    }
}
