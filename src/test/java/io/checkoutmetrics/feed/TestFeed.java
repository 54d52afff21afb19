package io.checkoutmetrics.feed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small feeds for tests, and what reading them gave. */
public final class TestFeed {
    static final String HEADERS = "username\tpost_event_list\thit_time_gmt\tgeo_country\tpost_pagename\n";

    /** 2026-01-05T10:00:00Z in seconds. */
    static final long T = 1_767_607_200L;

    private TestFeed() {}

    /** As a manifest states it, in hexadecimal. */
    public static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A row under {@link #HEADERS}, received so many seconds after {@link #T}. */
    static String row(String suite, String events, long seconds) {
        return String.join("\t", suite, events, Long.toString(T + seconds), "fra", "page") + "\n";
    }

    record Outcome(List<ReceivedHit> hits, List<FeedProblem> problems, FeedCounts counts, FeedProgress progress) {
        List<String> events() {
            return hits.stream().map(hit -> hit.hit().getEvents()).toList();
        }

        List<String> messages() {
            return problems.stream().map(FeedProblem::message).toList();
        }
    }

    static Outcome read(FeedOptions options) throws FeedException {
        return read(options, new byte[0]);
    }

    static Outcome read(FeedOptions options, byte[] standardInput) throws FeedException {
        Feed feed = Feed.open(options, new ByteArrayInputStream(standardInput));
        List<ReceivedHit> hits = new ArrayList<>();
        List<FeedProblem> problems = new ArrayList<>();
        FeedCounts counts = feed.read(hits::add, problems::add);
        if (counts.records() != counts.hits() + counts.brokenRecords()
                || counts.hits() != hits.size()
                || counts.problems() != problems.size()) {
            throw new AssertionError(counts + " but " + hits.size() + " hits and " + problems);
        }
        return new Outcome(hits, problems, counts, feed.progress());
    }

    static Outcome readDataFeed(Path... files) throws FeedException {
        return read(dataFeed(files));
    }

    static FeedOptions dataFeed(Path... files) {
        return FeedOptions.of(
                FeedFormat.DATAFEED, List.of(files).stream().map(Path::toString).toList());
    }

    static FeedOptions json(Path... files) {
        return FeedOptions.of(
                FeedFormat.JSONL, List.of(files).stream().map(Path::toString).toList());
    }

    static Path write(Path file, String content) {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(String content) {
        return bytes(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(content.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    static byte[] zip(Map<String, String> entries) {
        return bytes(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, String> entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        });
    }

    static byte[] tarGz(Map<String, String> entries) {
        return bytes(out -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
                for (Map.Entry<String, String> entry : entries.entrySet()) {
                    byte[] content = entry.getValue().getBytes(StandardCharsets.UTF_8);
                    TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
                    header.setSize(content.length);
                    tar.putArchiveEntry(header);
                    tar.write(content);
                    tar.closeArchiveEntry();
                }
            }
        });
    }

    /** One row as a parser sees it, of columns and values given in turn. */
    static ReceivedHit parse(DataFeedOptions options, String... columnsAndValues) throws BrokenLine, FeedException {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            names.add(columnsAndValues[i]);
            values.add(columnsAndValues[i + 1]);
        }
        DataFeedParser parser =
                new DataFeedParser("hits.tsv", new Columns(names), options.names(), options.suite(), options.zone());
        byte[] line = values.stream().collect(Collectors.joining("\t")).getBytes(StandardCharsets.UTF_8);
        ReceivedHit hit = parser.parse(line, line.length);
        if (hit == null) {
            throw new AssertionError("taken for a header: " + values);
        }
        return hit;
    }

    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
