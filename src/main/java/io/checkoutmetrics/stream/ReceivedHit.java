package io.checkoutmetrics.stream;

import org.jspecify.annotations.Nullable;

/**
 * A hit as it was received.
 *
 * @param recordMs the record's timestamp: when it was received
 * @param offset where it is in its partition
 */
record ReceivedHit(byte @Nullable [] key, byte @Nullable [] value, long recordMs, long offset) {
    void writeTo(BinaryWriter out) {
        write(key, out);
        write(value, out);
        out.number(recordMs).number(offset);
    }

    private static void write(byte @Nullable [] bytes, BinaryWriter out) {
        if (bytes == null) {
            out.number(-1);
        } else {
            out.number(bytes.length).bytes(bytes);
        }
    }

    static ReceivedHit readFrom(BinaryReader in) {
        return new ReceivedHit(readBytes(in), readBytes(in), in.number(), in.number());
    }

    private static byte @Nullable [] readBytes(BinaryReader in) {
        int length = in.count();
        return length < 0 ? null : in.bytes(length);
    }
}
