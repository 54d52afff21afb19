package io.checkoutmetrics.hit;

/**
 * A position in the bytes of one Avro record. Trusts no length: whatever the bytes claim is checked against what is
 * left before it is used, and nothing is allocated.
 * Encoding: <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro 1.12, binary
 * encoding</a>.
 *
 * <p>Every read throws {@link BadHit} where the bytes are wrong. Mutable and meant for one thread.
 */
final class AvroCursor {
    /**
     * The largest array that a JVM surely makes, as in Avro's own limits: a longer claim is no truncation but nonsense.
     */
    static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /** In place of a block's end where the block does not state its size. */
    static final int UNSTATED = -1;

    private byte[] bytes = new byte[0];
    private int start;
    private int position;
    private int end;
    private int blockEnd;

    void reset(byte[] array, int from, int to) {
        bytes = array;
        start = from;
        position = from;
        end = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    /** Bytes passed since the record's first. */
    int distance() {
        return position - start;
    }

    int remaining() {
        return end - position;
    }

    /** @param to a position that this record has passed before */
    void seek(int to) {
        position = to;
    }

    void rewind() {
        position = start;
    }

    /** Zigzag varint of at most 64 bits. */
    long readLong() {
        if (position >= end) {
            throw BadHit.TRUNCATED;
        }
        long first = bytes[position];
        if (first >= 0) {
            position++;
            return (first >>> 1) ^ -(first & 1);
        }
        return readLongVarint();
    }

    private long readLongVarint() {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                throw BadHit.TRUNCATED;
            }
            byte next = bytes[position++];
            if (shift == 63 && (next & 0xFE) != 0) {
                throw BadHit.VARINT_OVERFLOW;
            }
            raw |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw BadHit.VARINT_OVERFLOW;
    }

    /** Zigzag varint whose value fits 32 bits. */
    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw BadHit.VARINT_OVERFLOW;
        }
        return (int) value;
    }

    /** Index of a union's branch or an enum's symbol, in {@code [0, count)}. */
    int readIndex(int count) {
        long index = readLong();
        if (index < 0 || index >= count) {
            throw BadHit.BAD_INDEX;
        }
        return (int) index;
    }

    /** Length of a string or of bytes; as many bytes follow. */
    int readLength() {
        long length = readLong();
        if (length < 0) {
            throw BadHit.NEGATIVE_LENGTH;
        }
        if (length > MAX_LENGTH) {
            throw BadHit.HUGE_LENGTH;
        }
        if (length > remaining()) {
            throw BadHit.TRUNCATED;
        }
        return (int) length;
    }

    /**
     * Head of a block of an array or map.
     *
     * @return number of items that the block claims to have; 0 ends the array. {@link #blockEnd()} tells where the
     *     block ends
     */
    int readBlock() {
        long items = readLong();
        blockEnd = UNSTATED;
        if (items < 0) {
            if (items < -MAX_LENGTH) {
                throw BadHit.HUGE_LENGTH;
            }
            items = -items;
            int size = readLength();
            blockEnd = position + size;
        }
        if (items > MAX_LENGTH) {
            throw BadHit.HUGE_LENGTH;
        }
        return (int) items;
    }

    /** Position after the block whose head was read last, or {@link #UNSTATED}. */
    int blockEnd() {
        return blockEnd;
    }

    void skip(long count) {
        if (count > remaining()) {
            throw BadHit.TRUNCATED;
        }
        position += (int) count;
    }

    boolean readBoolean() {
        skip(1);
        byte value = bytes[position - 1];
        if ((value & 0xFE) != 0) {
            throw BadHit.BAD_BOOLEAN;
        }
        return value == 1;
    }

    float readFloat() {
        return Float.intBitsToFloat((int) readLittleEndian(Float.BYTES));
    }

    double readDouble() {
        return Double.longBitsToDouble(readLittleEndian(Double.BYTES));
    }

    private long readLittleEndian(int count) {
        skip(count);
        long value = 0;
        for (int i = 1; i <= count; i++) {
            value = (value << 8) | (bytes[position - i] & 0xFF);
        }
        return value;
    }
}
