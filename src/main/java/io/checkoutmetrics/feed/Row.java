package io.checkoutmetrics.feed;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A row of a data feed: fields between unescaped tabs, decoded only where asked for. One object serves all rows, one
 * after the other.
 *
 * <p>A backslash before a tab, CR, LF or backslash stands for that character (Adobe, "Special characters in data
 * feeds"); before anything else it is itself. A row is UTF-8 where all of it is valid UTF-8, else ISO-8859-1.
 */
final class Row {
    private final TextBytes text = new TextBytes();
    private byte[] bytes = {};
    private Charset charset = StandardCharsets.ISO_8859_1;
    private int columns;

    /** Field i is at [starts[i], starts[i + 1] - 1). */
    private int[] starts = new int[256];

    /** Takes the row in these bytes, which must not change while it is in use. */
    void split(byte[] line, int length) {
        bytes = line;
        charset = text.charsetOf(line, length);
        columns = 0;
        startField(0);
        for (int i = 0; i < length; i++) {
            if (line[i] == '\\') {
                i++;
            } else if (line[i] == '\t') {
                startField(i + 1);
            }
        }
        startField(length + 1);
        columns--;
    }

    int columns() {
        return columns;
    }

    /** The field's text; empty where the column is negative: a column that the feed doesn't have. */
    String field(int column) {
        if (column < 0) {
            return "";
        }
        int start = starts[column];
        int end = starts[column + 1] - 1;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                return unescaped(start, end);
            }
        }
        return start == end ? "" : new String(bytes, start, end - start, charset);
    }

    private String unescaped(int start, int end) {
        byte[] plain = new byte[end - start];
        int n = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\' && i + 1 < end && isEscapable(bytes[i + 1])) {
                i++;
            }
            plain[n++] = bytes[i];
        }
        return new String(plain, 0, n, charset);
    }

    private static boolean isEscapable(byte b) {
        return b == '\t' || b == '\n' || b == '\r' || b == '\\';
    }

    private void startField(int at) {
        if (columns == starts.length) {
            starts = Arrays.copyOf(starts, columns * 2);
        }
        starts[columns++] = at;
    }
}
