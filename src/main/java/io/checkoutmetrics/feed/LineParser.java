package io.checkoutmetrics.feed;

import org.jspecify.annotations.Nullable;

/** Makes hits of the lines of one file. Holds state from line to line: one per file, for one thread. */
interface LineParser {
    /** Whether a backslash escapes line ends. */
    boolean hasBackslashEscapes();

    /** The hit in the line; null where the line is none and isn't meant to be one, as a repeated header. */
    @Nullable
    ReceivedHit parse(byte[] line, int length) throws BrokenLine;
}
