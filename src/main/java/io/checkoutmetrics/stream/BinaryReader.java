package io.checkoutmetrics.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BinaryWriter} wrote. Only this job writes it, so broken bytes are a bug and end in an exception.
 */
final class BinaryReader {
    private final byte[] bytes;
    private int position;

    BinaryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int tag() {
        return bytes[position++];
    }

    long number() {
        long zigzag = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[position++];
            zigzag |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
    }

    long fixed() {
        position += Long.BYTES;
        return (long) BinaryWriter.LONG.get(bytes, position - Long.BYTES);
    }

    int count() {
        return Math.toIntExact(number());
    }

    @Nullable
    String optionalText() {
        int length = count();
        if (length < 0) {
            return null;
        }
        position += length;
        return new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    byte[] bytes(int count) {
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    /** Another one that reads on from here, and leaves this where it is. */
    BinaryReader ahead() {
        BinaryReader other = new BinaryReader(bytes);
        other.position = position;
        return other;
    }

    /** All that is left. */
    byte[] rest() {
        return bytes(bytes.length - position);
    }

    String text() {
        String text = optionalText();
        if (text == null) {
            throw new IllegalStateException("a text is missing");
        }
        return text;
    }
}
