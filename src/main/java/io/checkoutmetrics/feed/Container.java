package io.checkoutmetrics.feed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The streams inside a file: one in a plain or gzipped file, one per entry in a zip file or a gzipped tar. Gzip is told
 * by its first bytes, zip by its name or first bytes, a gzipped tar by its name. Nothing is unpacked to disk.
 */
final class Container {
    /** Takes one stream, which it must not close. */
    interface Reader {
        /** @param entry name inside the archive; empty where the file is none */
        void read(String entry, InputStream in) throws IOException;
    }

    private Container() {}

    /** Whether the file has entries rather than content of its own. */
    static boolean isArchive(Path file) throws IOException {
        return isTar(file) || isZip(file);
    }

    /** The names of the entries that are files; in an archive only. */
    static List<String> entries(Path archive) throws IOException {
        List<String> names = new ArrayList<>();
        Predicate<String> noted = name -> {
            names.add(name);
            return false;
        };
        read(archive, bytes -> {}, noted, (entry, in) -> {});
        return names;
    }

    /**
     * Reads the entries of an archive whose names are wanted, or the whole of any other file.
     *
     * @param bytesRead is told how many bytes of the file were consumed; of a zip file it is an estimate
     */
    static void read(Path file, LongConsumer bytesRead, Predicate<String> wanted, Reader reader) throws IOException {
        if (isTar(file)) {
            readTar(file, bytesRead, wanted, reader);
        } else if (isZip(file)) {
            readZip(file, bytesRead, wanted, reader);
        } else {
            try (InputStream in = new CountedStream(Files.newInputStream(file), bytesRead)) {
                InputStream content = gunzipped(in);
                if (content instanceof BufferedInputStream && lowerName(file).endsWith(".gz")) {
                    throw new IOException("called .gz, but not gzipped");
                }
                reader.read("", content);
            }
        }
    }

    /** The stream, unpacked if its first bytes are gzip's; all members of it. */
    static InputStream gunzipped(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new CountedStream(unpacking(buffered), bytes -> {}) : buffered;
    }

    private static InputStream unpacking(InputStream gzipped) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(gzipped)
                .setDecompressConcatenated(true)
                .get();
    }

    private static void readTar(Path file, LongConsumer bytesRead, Predicate<String> wanted, Reader reader)
            throws IOException {
        try (InputStream in = new CountedStream(Files.newInputStream(file), bytesRead);
                TarArchiveInputStream tar = new TarArchiveInputStream(gunzipped(in))) {
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                if (entry.isFile() && wanted.test(entry.getName())) {
                    reader.read(entry.getName(), gunzipped(tar));
                }
            }
        }
    }

    private static void readZip(Path file, LongConsumer bytesRead, Predicate<String> wanted, Reader reader)
            throws IOException {
        try (ZipFile zip = open(file)) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (!entry.isDirectory() && wanted.test(entry.getName())) {
                    double packed = (double) entry.getCompressedSize() / Math.max(1, entry.getSize());
                    try (InputStream in = new CountedStream(
                            new VerifiedStream(zip.getInputStream(entry), entry.getCrc()),
                            bytes -> bytesRead.accept(Math.round(bytes * packed)))) {
                        reader.read(entry.getName(), gunzipped(in));
                    }
                }
            }
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (RuntimeException e) {
            throw new IOException("damaged archive: " + e.getMessage(), e);
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return ZipFile.builder().setPath(file).get();
        } catch (RuntimeException e) {
            throw new IOException("damaged archive: " + e.getMessage(), e);
        }
    }

    private static boolean isTar(Path file) {
        String name = lowerName(file);
        return name.endsWith(".tar.gz") || name.endsWith(".tgz") || name.endsWith(".tar");
    }

    private static boolean isZip(Path file) throws IOException {
        if (lowerName(file).endsWith(".zip")) {
            return true;
        }
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3 && magic[3] == 4;
        }
    }

    private static String lowerName(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
