package io.checkoutmetrics.feed;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** How far a feed has been read, in bytes of its files as they lie on disk. Any thread may ask. */
public final class FeedProgress {
    private final OptionalLong totalBytes;
    private final AtomicLong bytesRead = new AtomicLong();

    FeedProgress(OptionalLong totalBytes) {
        this.totalBytes = totalBytes;
    }

    /** Bytes read so far; never falls, nor passes the total. In a zip file it is an estimate until the file ends. */
    public long bytesRead() {
        return Math.min(bytesRead.get(), totalBytes.orElse(Long.MAX_VALUE));
    }

    /** Bytes there are in all; empty where standard input is among the files. */
    public OptionalLong totalBytes() {
        return totalBytes;
    }

    void add(long bytes) {
        bytesRead.addAndGet(bytes);
    }

    /** Moves on to a position known exactly, where a file has ended. */
    void reach(long position) {
        bytesRead.accumulateAndGet(position, Math::max);
    }
}
