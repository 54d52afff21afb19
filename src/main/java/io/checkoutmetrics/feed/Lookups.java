package io.checkoutmetrics.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a data feed needs to be understood, as far as it was found in one place.
 *
 * @param columns from {@code column_headers.tsv}
 * @param events from {@code event.tsv}
 */
record Lookups(@Nullable Columns columns, @Nullable EventNames events) {
    static final String HEADERS = "column_headers.tsv";
    static final String EVENTS = "event.tsv";
    static final Lookups NONE = new Lookups(null, null);

    /** Longest lookup line, and most event numbers, that are believed. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private static final int MAX_EVENTS = 100_000;

    /** These lookups, completed by others where they lack something. */
    Lookups or(Lookups others) {
        return new Lookups(columns != null ? columns : others.columns, events != null ? events : others.events);
    }

    /** What lies in the folder of this file under the usual names. */
    static Lookups beside(Path file) throws IOException {
        Path headers = file.resolveSibling(HEADERS);
        Path events = file.resolveSibling(EVENTS);
        return new Lookups(
                Files.isRegularFile(headers) ? columnsOf(headers) : null,
                Files.isRegularFile(events) ? eventsOf(events) : null);
    }

    /** What the archive's entries hold, in whatever folder of it; or the file itself, if it is called so. */
    static Lookups in(Path file) throws IOException {
        Found found = new Found();
        Container.read(file, bytes -> {}, name -> isOne(DataEntries.baseName(name)), (entry, in) -> {
            String name = DataEntries.baseName(entry.isEmpty() ? file.toString() : entry);
            if (name.equals(HEADERS)) {
                found.columns = columnsOf(in);
            } else if (name.equals(EVENTS)) {
                found.events = eventsOf(in);
            }
        });
        return new Lookups(found.columns, found.events);
    }

    /** The column names in the file, or in the archive if it is one. */
    static @Nullable Columns columnsOf(Path file) throws IOException {
        if (Container.isArchive(file)) {
            return in(file).columns();
        }
        Found found = new Found();
        Container.read(file, bytes -> {}, name -> true, (entry, in) -> found.columns = columnsOf(in));
        return found.columns;
    }

    /** The event names in the file, or in the archive if it is one. */
    static @Nullable EventNames eventsOf(Path file) throws IOException {
        if (Container.isArchive(file)) {
            return in(file).events();
        }
        Found found = new Found();
        Container.read(file, bytes -> {}, name -> true, (entry, in) -> found.events = eventsOf(in));
        return found.events;
    }

    private static boolean isOne(String name) {
        return name.equals(HEADERS) || name.equals(EVENTS);
    }

    private static @Nullable Columns columnsOf(InputStream in) throws IOException {
        LineReader lines = new LineReader(in, true, MAX_LINE_BYTES);
        if (!lines.next() || lines.tooLong()) {
            return null;
        }
        Row row = new Row();
        row.split(lines.bytes(), lines.length());
        Columns columns = Columns.of(row);
        // To the end, where a packed file turns out to be damaged.
        in.transferTo(OutputStream.nullOutputStream());
        return columns;
    }

    /** The names, or null where not one line names an event: then it is another file. */
    private static @Nullable EventNames eventsOf(InputStream in) throws IOException {
        LineReader lines = new LineReader(in, true, MAX_LINE_BYTES);
        Row row = new Row();
        Map<String, String> names = new HashMap<>();
        while (lines.next()) {
            row.split(lines.bytes(), lines.length());
            if (row.columns() >= 2 && names.size() < MAX_EVENTS) {
                names.put(row.field(0).strip(), row.field(1));
            }
        }
        EventNames events = EventNames.correctedBy(names);
        return events.isCorrected() ? events : null;
    }

    private static final class Found {
        private @Nullable Columns columns;
        private @Nullable EventNames events;
    }
}
