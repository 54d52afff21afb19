package io.checkoutmetrics.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyLineEnd_endsTheLine(String end) throws IOException {
        assertThat(lines("a" + end + "b" + end, true)).containsExactly("1:a", "2:b");
    }

    @Test
    void lastLineWithoutLineEnd_isRead() throws IOException {
        assertThat(lines("a\nb", true)).containsExactly("1:a", "2:b");
    }

    @Test
    void blankLines_arePassedOver_butCounted() throws IOException {
        assertThat(lines("\n\na\n\r\n\nb\n", true)).containsExactly("3:a", "6:b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void escapedLineEnd_staysInTheLine_andCountsAsOneLine(String end) throws IOException {
        assertThat(lines("a\\" + end + "b" + end + "c" + end, true)).containsExactly("1:a\\" + end + "b", "3:c");
    }

    @Test
    void lineEndAfterAnEscapedBackslash_endsTheLine() throws IOException {
        assertThat(lines("a\\\\\nb\n", true)).containsExactly("1:a\\\\", "2:b");
    }

    @Test
    void withoutEscapes_aBackslashIsACharacter() throws IOException {
        assertThat(lines("a\\\nb\n", false)).containsExactly("1:a\\", "2:b");
    }

    @Test
    void byteOrderMark_isDropped_atTheStartOnly() throws IOException {
        assertThat(lines("\uFEFFa\n\uFEFFb\n", true)).containsExactly("1:a", "2:\uFEFFb");
        assertThat(lines("\uFEFF", true)).isEmpty();
    }

    @Test
    void overlongLine_isFlagged_andTheNextOneIsWhole() throws IOException {
        String longest = "x".repeat(8);
        assertThat(lines(longest + "\n" + longest + "y\nz\n", true))
                .containsExactly("1:" + longest, "2:" + longest + " too long", "3:z");
    }

    @Test
    void nothing_hasNoLines() throws IOException {
        assertThat(lines("", true)).isEmpty();
        assertThat(lines("\r\n", true)).isEmpty();
    }

    private static List<String> lines(String text, boolean escapes) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), escapes, 8);
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            String line = new String(reader.bytes(), 0, reader.length(), StandardCharsets.UTF_8);
            lines.add(reader.lineNumber() + ":" + line + (reader.tooLong() ? " too long" : ""));
        }
        return lines;
    }
}
