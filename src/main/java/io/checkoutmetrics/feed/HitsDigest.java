package io.checkoutmetrics.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether two inputs are the same: hits of the same content, received at the same times, in the same order. What
 * their files are called, and how they are packed, makes no difference. Not for several threads.
 */
public final class HitsDigest {
    private static final int SHOWN_BYTES = 16;

    private final HitBytes codec = new HitBytes();
    private final ByteBuffer head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    private final MessageDigest digest = sha256();
    private long hits;

    /** Adds the next hit. */
    public void add(ReceivedHit hit) {
        byte[] bytes;
        try {
            bytes = codec.encode(hit.hit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        digest.update(
                head.clear().putLong(hit.receivedMs()).putInt(bytes.length).flip());
        digest.update(bytes);
        hits++;
    }

    /** How many hits were added. */
    public long hits() {
        return hits;
    }

    /** 32 hexadecimal digits, the same for the same hits. Ends the adding: asked once. */
    public String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
