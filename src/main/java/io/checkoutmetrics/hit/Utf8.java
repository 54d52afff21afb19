package io.checkoutmetrics.hit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** UTF-8 as hits carry it: perhaps invalid, perhaps too long to be kept. */
final class Utf8 {
    /** Longest text that is kept of a hit, in bytes. */
    static final int MAX_KEPT_BYTES = 255;

    private static final int HASH_BYTES = 8;
    private static final int SUFFIX_BYTES = 1 + 2 * HASH_BYTES;

    private Utf8() {}

    /**
     * Whether {@code [from, to)} is well-formed: shortest form only, no surrogates, nothing past U+10FFFF (RFC 3629,
     * section 4).
     */
    static boolean isValid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = sequenceLength(bytes, i, to);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    /** Length of the multi-byte sequence at {@code i}, or 0 where there is none. */
    private static int sequenceLength(byte[] bytes, int i, int to) {
        int lead = bytes[i] & 0xFF;
        int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length == 0 || length > to - i) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if (!isContinuation(bytes[i + k])) {
                return 0;
            }
        }
        return length;
    }

    /**
     * The text of {@code [from, to)}, which must be valid. Text over {@value #MAX_KEPT_BYTES} bytes is cut on a
     * character boundary and ends in {@code ~} and 16 hexadecimal digits of its SHA-256 instead, so that different
     * texts stay different; the whole is at most {@value #MAX_KEPT_BYTES} bytes.
     */
    static String kept(byte[] bytes, int from, int to) {
        if (to - from <= MAX_KEPT_BYTES) {
            return new String(bytes, from, to - from, UTF_8);
        }
        int cut = from + MAX_KEPT_BYTES - SUFFIX_BYTES;
        while (isContinuation(bytes[cut])) {
            cut--;
        }
        return new String(bytes, from, cut - from, UTF_8) + "~" + hash(bytes, from, to);
    }

    private static String hash(byte[] bytes, int from, int to) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, from, to - from);
            return HexFormat.of().formatHex(sha256.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
