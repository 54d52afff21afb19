package io.checkoutmetrics.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes what {@link BinaryReader} reads: variable-length integers and strings with their length before them. */
final class BinaryWriter {
    /** Gets and sets 8 bytes, the highest first. */
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[64];
    private int length;

    BinaryWriter tag(int tag) {
        require(1);
        bytes[length++] = (byte) tag;
        return this;
    }

    /** Zigzag, 1 to 10 bytes: small numbers of either sign are short. */
    BinaryWriter number(long number) {
        require(LONGEST_NUMBER);
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** 8 bytes: shorter than {@link #number} for what may be any number. */
    BinaryWriter fixed(long number) {
        require(Long.BYTES);
        LONG.set(bytes, length, number);
        length += Long.BYTES;
        return this;
    }

    BinaryWriter text(@Nullable String text) {
        if (text == null) {
            return number(-1);
        }
        int before = length;
        number(text.length());
        if (!ascii(text)) {
            length = before;
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            bytes(utf8);
        }
        return this;
    }

    /** Most texts are ASCII, and need no copy in between. Returns whether this one was. */
    private boolean ascii(String text) {
        require(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7F) {
                return false;
            }
            bytes[length++] = (byte) c;
        }
        return true;
    }

    /** Bytes as they are; the reader has to know how many. */
    BinaryWriter bytes(byte[] some) {
        require(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
        return this;
    }

    private void require(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
