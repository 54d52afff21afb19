package io.checkoutmetrics.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes what {@link BinaryReader} reads: variable-length integers and strings with their length before them. */
final class BinaryWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

    BinaryWriter tag(int tag) {
        bytes.write(tag);
        return this;
    }

    /** Zigzag, 1 to 10 bytes: small numbers of either sign are short. */
    BinaryWriter number(long number) {
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    BinaryWriter text(@Nullable String text) {
        if (text == null) {
            return number(-1);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
