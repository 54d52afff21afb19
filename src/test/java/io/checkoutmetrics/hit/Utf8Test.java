package io.checkoutmetrics.hit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void validity_isThatOfJavasDecoder_forEveryShortSequence() {
        byte[] tails = {
            0,
            0x41,
            (byte) 0x7F,
            (byte) 0x80,
            (byte) 0x8F,
            (byte) 0x90,
            (byte) 0x9F,
            (byte) 0xA0,
            (byte) 0xBF,
            (byte) 0xC0,
            (byte) 0xFF
        };
        for (int lead = 0; lead < 256; lead++) {
            for (byte second : tails) {
                for (byte third : tails) {
                    for (byte fourth : tails) {
                        check(new byte[] {(byte) lead, second, third, fourth});
                    }
                    check(new byte[] {(byte) lead, second, third});
                }
                check(new byte[] {(byte) lead, second});
            }
            check(new byte[] {(byte) lead});
        }
    }

    @Property
    void textOver255Bytes_isCutOnACharacter_andStaysWithin255(
            @ForAll @IntRange(min = 0, max = 5) int shift, @ForAll @IntRange(min = 0, max = 3) int kind) {
        String text = "x".repeat(shift) + new String[] {"a", "\u00e9", "\u20ac", "\ud83d\uded2"}[kind].repeat(300);
        byte[] bytes = text.getBytes(UTF_8);
        String kept = Utf8.kept(bytes, 0, bytes.length);

        assertThat(kept.getBytes(UTF_8)).hasSizeBetween(252, 255);
        assertThat(text).startsWith(kept.substring(0, kept.length() - 17));
        assertThat(kept).matches("(?s).*~[0-9a-f]{16}").isEqualTo(Utf8.kept(bytes, 0, bytes.length));
    }

    @Test
    void textOf255Bytes_isKeptAsItIs() {
        byte[] bytes = "y".repeat(255).getBytes(UTF_8);

        assertThat(Utf8.kept(bytes, 0, 255)).isEqualTo("y".repeat(255));
    }

    @Test
    void longTextsThatDifferAtTheEnd_stayDifferent() {
        Set<String> kept = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            byte[] bytes = ("z".repeat(1000) + i).getBytes(UTF_8);
            kept.add(Utf8.kept(bytes, 0, bytes.length));
        }
        assertThat(kept).hasSize(100);
    }

    private static void check(byte[] bytes) {
        boolean valid = true;
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            valid = false;
        }
        if (Utf8.isValid(bytes, 0, bytes.length) != valid) {
            assertThat(bytes).as("valid is " + valid).isNull();
        }
    }
}
