package io.checkoutmetrics.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AvroCursorTest {
    @Property
    void numbers_areReadAsAvroWritesThem(@ForAll long number, @ForAll int small, @ForAll float f, @ForAll double d)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        encoder.writeLong(number);
        encoder.writeInt(small);
        encoder.writeFloat(f);
        encoder.writeDouble(d);
        encoder.flush();
        AvroCursor in = over(out.toByteArray());

        assertThat(in.readLong()).isEqualTo(number);
        assertThat(in.readInt()).isEqualTo(small);
        assertThat(in.readFloat()).isEqualTo(f);
        assertThat(in.readDouble()).isEqualTo(d);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void numberBeyond64Bits_overflows() {
        assertThat(over(-1, -1, -1, -1, -1, -1, -1, -1, -1, 1).readLong()).isEqualTo(Long.MIN_VALUE);
        assertRefused(over(-1, -1, -1, -1, -1, -1, -1, -1, -1, 2)::readLong, BadHit.VARINT_OVERFLOW);
        assertRefused(over(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0)::readLong, BadHit.VARINT_OVERFLOW);
    }

    @Test
    void intBeyond32Bits_overflows() {
        assertThat(over(-1, -1, -1, -1, 0x0F).readInt()).isEqualTo(Integer.MIN_VALUE);
        assertRefused(over(-1, -1, -1, -1, 0x1F)::readInt, BadHit.VARINT_OVERFLOW);
    }

    @Test
    void lengthBeyondTheRest_isTruncated() {
        assertThat(over(4, 'e', 'u').readLength()).isEqualTo(2);
        assertRefused(over(6, 'e', 'u')::readLength, BadHit.TRUNCATED);
        assertRefused(over(1)::readLength, BadHit.NEGATIVE_LENGTH);
    }

    @Test
    void blockThatStatesItsSize_endsThere_elseItIsRefusedByAThoroughLook() {
        Shape strings = new Shape.Blocks(new Shape.Text());
        AvroCursor right = over(1, 4, 2, 'x', 0);
        strings.pass(right, true);

        assertThat(right.remaining()).isZero();
        assertRefused(() -> strings.pass(over(1, 6, 2, 'x', 0), true), BadHit.BLOCK_SIZE);
        assertRefused(() -> strings.pass(over(1, 100, 2, 'x', 0), true), BadHit.TRUNCATED);
    }

    @Test
    void booleanOtherThan0And1_isRefused() {
        assertThat(over(1).readBoolean()).isTrue();
        assertThat(over(0).readBoolean()).isFalse();
        assertRefused(over(2)::readBoolean, BadHit.BAD_BOOLEAN);
    }

    private static void assertRefused(ThrowingCallable reading, BadHit kind) {
        assertThatThrownBy(reading).isSameAs(kind);
    }

    private static AvroCursor over(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return over(bytes);
    }

    private static AvroCursor over(byte[] bytes) {
        AvroCursor cursor = new AvroCursor();
        cursor.reset(bytes, 0, bytes.length);
        return cursor;
    }
}
