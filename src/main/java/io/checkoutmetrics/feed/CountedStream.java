package io.checkoutmetrics.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes were read, and turns a decoder's complaint about damaged input into an {@link IOException}. */
final class CountedStream extends FilterInputStream {
    private final LongConsumer bytesRead;

    CountedStream(InputStream in, LongConsumer bytesRead) {
        super(in);
        this.bytesRead = bytesRead;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            n = super.read(bytes, offset, length);
        } catch (RuntimeException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
        if (n > 0) {
            bytesRead.accept(n);
        }
        return n;
    }
}
