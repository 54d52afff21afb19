package io.checkoutmetrics.feed;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A file that is ready to be read.
 *
 * @param name as the user gave it, or as a manifest led to it
 * @param path empty for standard input
 * @param entries which of an archive's entries are data; empty where it is none
 * @param bytes its size on disk; empty where it has none: standard input, a pipe
 * @param announced what its manifest says of it
 */
record FeedFile(
        String name,
        Optional<Path> path,
        Set<String> entries,
        OptionalLong bytes,
        Optional<Manifest.Part> announced,
        LineParser parser) {

    /** Whether the entry is to be read; a file that is no archive has the one entry of no name. */
    boolean wants(String entry) {
        return entries.isEmpty() || entries.contains(entry);
    }
}
