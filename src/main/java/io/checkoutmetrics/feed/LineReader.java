package io.checkoutmetrics.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, at LF, CRLF or CR, in memory bounded by the longest line allowed. A byte order
 * mark at the start is dropped; blank lines are passed over but counted.
 *
 * <p>With backslash escapes (data feeds), a line break after a backslash belongs to the line and does not end it; the
 * escapes themselves stay in the bytes. Backslash and CRLF is one escaped line break, since translating line ends also
 * translates the escaped ones.
 */
final class LineReader {
    /** Longest line read; longer ones are passed over up to the next line break. */
    static final int MAX_LINE_BYTES = 4 << 20;

    private static final int END = -1;

    private final InputStream in;
    private final boolean backslashEscapes;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;

    private byte[] line = new byte[1 << 12];
    private int length;
    private boolean tooLong;
    private long lineNumber;
    private long nextLineNumber = 1;

    LineReader(InputStream in, boolean backslashEscapes, int maxLineBytes) {
        this.in = in;
        this.backslashEscapes = backslashEscapes;
        this.maxLineBytes = maxLineBytes;
    }

    /** Moves to the next line that isn't blank; false at the end. */
    boolean next() throws IOException {
        if (nextLineNumber == 1) {
            skipByteOrderMark();
        }
        do {
            lineNumber = nextLineNumber;
            length = 0;
            tooLong = false;
            if (!readLine() && length == 0) {
                return false;
            }
        } while (length == 0);
        return true;
    }

    /** The line's bytes, up to {@link #length()}, without its line end. Valid until {@link #next()}. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** Whether the line was longer than allowed; its bytes are then only its beginning. */
    boolean tooLong() {
        return tooLong;
    }

    /** Number of the line's first line, from 1. */
    long lineNumber() {
        return lineNumber;
    }

    /** Reads up to a line end; false where the stream ended instead. */
    private boolean readLine() throws IOException {
        while (true) {
            int b = read();
            if (b == '\n' || b == '\r') {
                endLine(b);
                return true;
            }
            if (b == END) {
                return false;
            }
            append(b);
            if (b == '\\' && backslashEscapes) {
                readEscaped();
            }
        }
    }

    private void readEscaped() throws IOException {
        int b = read();
        if (b == END) {
            return;
        }
        append(b);
        if (b == '\n') {
            nextLineNumber++;
        } else if (b == '\r') {
            nextLineNumber++;
            if (peek() == '\n') {
                append(read());
            }
        }
    }

    private void endLine(int b) throws IOException {
        if (b == '\r' && peek() == '\n') {
            position++;
        }
        nextLineNumber++;
    }

    private void append(int b) {
        if (length == maxLineBytes) {
            tooLong = true;
            return;
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, (int) Math.min(maxLineBytes, length * 2L));
        }
        line[length++] = (byte) b;
    }

    private void skipByteOrderMark() throws IOException {
        if (peek() != 0xEF) {
            return;
        }
        while (limit < 3) {
            int n = in.read(buffer, limit, 3 - limit);
            if (n < 0) {
                return;
            }
            limit += n;
        }
        if (buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            position = 3;
        }
    }

    private int read() throws IOException {
        return position < limit || fill() ? buffer[position++] & 0xFF : END;
    }

    private int peek() throws IOException {
        return position < limit || fill() ? buffer[position] & 0xFF : END;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        int n;
        do {
            n = in.read(buffer, 0, buffer.length);
        } while (n == 0);
        limit = Math.max(n, 0);
        return n > 0;
    }
}
