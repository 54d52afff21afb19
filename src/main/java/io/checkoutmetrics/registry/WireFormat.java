package io.checkoutmetrics.registry;

/**
 * Confluent's wire format: byte 0 is 0, bytes 1 to 4 hold the schema ID, big-endian, and the payload follows.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Wire format</a>
 */
public final class WireFormat {
    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /** Whether {@code bytes} start with a whole header; the payload may be empty. */
    public static boolean isFramed(byte[] bytes) {
        return bytes.length >= HEADER_BYTES && bytes[0] == MAGIC;
    }

    /**
     * The schema ID in the header; never negative in what a registry hands out, but any int can be in the bytes.
     *
     * @throws IllegalArgumentException if the bytes are not framed
     */
    public static int schemaId(byte[] bytes) {
        if (!isFramed(bytes)) {
            throw new IllegalArgumentException("not in the wire format: " + bytes.length + " bytes");
        }
        return (bytes[1] & 0xFF) << 24 | (bytes[2] & 0xFF) << 16 | (bytes[3] & 0xFF) << 8 | (bytes[4] & 0xFF);
    }

    /** Header and payload in one new array. */
    public static byte[] frame(int schemaId, byte[] payload) {
        byte[] framed = new byte[HEADER_BYTES + payload.length];
        putHeader(schemaId, framed);
        System.arraycopy(payload, 0, framed, HEADER_BYTES, payload.length);
        return framed;
    }

    /** Writes the header into the first {@link #HEADER_BYTES} bytes of {@code target}. */
    static void putHeader(int schemaId, byte[] target) {
        target[0] = MAGIC;
        target[1] = (byte) (schemaId >>> 24);
        target[2] = (byte) (schemaId >>> 16);
        target[3] = (byte) (schemaId >>> 8);
        target[4] = (byte) schemaId;
    }
}
