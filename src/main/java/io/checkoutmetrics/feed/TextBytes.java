package io.checkoutmetrics.feed;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells in which character set bytes are written, in constant memory. Not for several threads. */
final class TextBytes {
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer scratch = CharBuffer.allocate(1 << 12);

    /** UTF-8 where the bytes are valid UTF-8, else ISO-8859-1, which everything is. */
    Charset charsetOf(byte[] bytes, int length) {
        return isAscii(bytes, length) || !isUtf8(bytes, length) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    boolean isUtf8(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        utf8.reset();
        CoderResult result;
        do {
            scratch.clear();
            result = utf8.decode(in, scratch, true);
        } while (result.isOverflow());
        return !result.isError();
    }

    private static boolean isAscii(byte[] bytes, int length) {
        int all = 0;
        for (int i = 0; i < length; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }
}
