package io.checkoutmetrics.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Fails at its end if the bytes don't have the checksum that a zip file states, which nobody else looks at. */
final class VerifiedStream extends CheckedInputStream {
    private final long expectedCrc;

    VerifiedStream(InputStream in, long expectedCrc) {
        super(in, new CRC32());
        this.expectedCrc = expectedCrc;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        verifyAtEnd(b);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        verifyAtEnd(n);
        return n;
    }

    private void verifyAtEnd(int result) throws IOException {
        if (result < 0 && getChecksum().getValue() != expectedCrc) {
            throw new IOException("damaged: its checksum is not the one the zip file states");
        }
    }
}
