package io.checkoutmetrics.feed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The table of contents that arrives last in a data feed's delivery (Adobe, "Data feed contents", manifest): lines
 * {@code Name: value}, a block for each file. Lines that begin with {@code --} or {@code #} are comments, names that
 * are unknown are passed over.
 */
record Manifest(
        OptionalLong totalRecords,
        OptionalLong lookupFileCount,
        OptionalLong dataFileCount,
        List<Part> lookupFiles,
        List<Part> dataFiles) {
    private static final String VERSION = "Datafeed-Manifest-Version:";
    private static final int MAX_BYTES = 1 << 20;

    /** A file of the delivery, as announced. */
    record Part(String file, Optional<String> md5, OptionalLong bytes, OptionalLong records) {

        /** Why the file is not the one announced; null: it is, as far as the manifest says. */
        @Nullable
        String mismatch(Path path) throws IOException {
            long actualBytes = Files.size(path);
            if (bytes.isPresent() && bytes.getAsLong() != actualBytes) {
                return "it has " + actualBytes + " bytes, the manifest says " + bytes.getAsLong();
            }
            if (md5.isPresent()) {
                String digest = md5Of(path);
                if (!sameNumber(md5.get(), digest)) {
                    return "its MD5 digest is " + digest + ", the manifest says " + BrokenLine.quoted(md5.get());
                }
            }
            return null;
        }
    }

    /** Whether the file is called {@code .txt} and its first line that is no comment begins as a manifest does. */
    static boolean isOne(Path file) throws IOException {
        if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".txt")) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(1 << 14), StandardCharsets.UTF_8);
            return head.lines()
                    .map(Manifest::trimmed)
                    .filter(line -> !isComment(line))
                    .findFirst()
                    .filter(line -> line.startsWith(VERSION))
                    .isPresent();
        }
    }

    static Manifest read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("a manifest of more than " + MAX_BYTES + " bytes");
        }
        Builder builder = new Builder();
        Files.readString(file, StandardCharsets.ISO_8859_1)
                .lines()
                .map(Manifest::trimmed)
                .filter(line -> !isComment(line))
                .forEach(builder::line);
        return builder.manifest();
    }

    private static String trimmed(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1).strip() : line.strip();
    }

    private static boolean isComment(String line) {
        return line.isEmpty() || line.startsWith("--") || line.startsWith("#");
    }

    /** Digests are compared as numbers: manifests have been seen to leave out a leading zero. */
    private static boolean sameNumber(String expected, String digest) {
        try {
            return new BigInteger(expected, 16).equals(new BigInteger(digest, 16));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String md5Of(Path path) throws IOException {
        try (DigestInputStream in = new DigestInputStream(
                new BufferedInputStream(Files.newInputStream(path)), MessageDigest.getInstance("MD5"))) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                continue;
            }
            return String.format(
                    "%032x", new BigInteger(1, in.getMessageDigest().digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }

    private static final class Builder {
        private OptionalLong totalRecords = OptionalLong.empty();
        private OptionalLong lookupFileCount = OptionalLong.empty();
        private OptionalLong dataFileCount = OptionalLong.empty();
        private final List<Part> lookupFiles = new ArrayList<>();
        private final List<Part> dataFiles = new ArrayList<>();

        /** The list that the current block's file is the last of; null before the first block. */
        private @Nullable List<Part> block;

        void line(String line) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                return;
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).strip()) {
                case "Total-Records" -> totalRecords = number(value);
                case "Lookup-Files" -> lookupFileCount = number(value);
                case "Data-Files" -> dataFileCount = number(value);
                case "Lookup-File" -> start(lookupFiles, value);
                case "Data-File" -> start(dataFiles, value);
                case "MD5-Digest" -> put(new Part("", Optional.of(value), OptionalLong.empty(), OptionalLong.empty()));
                case "File-Size" -> put(new Part("", Optional.empty(), number(value), OptionalLong.empty()));
                case "Record-Count" -> put(new Part("", Optional.empty(), OptionalLong.empty(), number(value)));
                default -> {}
            }
        }

        Manifest manifest() {
            return new Manifest(totalRecords, lookupFileCount, dataFileCount, lookupFiles, dataFiles);
        }

        private void start(List<Part> files, String name) {
            files.add(new Part(name, Optional.empty(), OptionalLong.empty(), OptionalLong.empty()));
            block = files;
        }

        private void put(Part more) {
            if (block == null) {
                return;
            }
            Part part = block.remove(block.size() - 1);
            block.add(new Part(
                    part.file(),
                    more.md5().or(part::md5),
                    more.bytes().isPresent() ? more.bytes() : part.bytes(),
                    more.records().isPresent() ? more.records() : part.records()));
        }

        private static OptionalLong number(String value) {
            try {
                return OptionalLong.of(Long.parseLong(value));
            } catch (NumberFormatException e) {
                // A number that is none agrees with nothing: the check against it reports it.
                return OptionalLong.of(-1);
            }
        }
    }
}
