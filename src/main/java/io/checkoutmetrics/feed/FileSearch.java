package io.checkoutmetrics.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files to read, and what is needed to understand them: what the options name, what lies inside an archive,
 * in a delivery's lookup archive, beside the file — the first that has it. What the user named and isn't usable is an
 * exception; what was found and isn't usable is a problem.
 */
final class FileSearch {
    private final FeedOptions options;
    private final Lookups given;
    private final List<FeedFile> files = new ArrayList<>();
    private final List<FeedProblem> problems = new ArrayList<>();

    /** Files found so far, by their real path, and the name they were found by. */
    private final Map<Path, String> found = new HashMap<>();

    FileSearch(FeedOptions options) throws FeedException {
        options.check();
        this.options = options;
        this.given = new Lookups(givenColumns(options.headers()), givenEvents(options.eventLookup()));
        for (String file : options.files()) {
            search(file);
        }
    }

    List<FeedFile> files() {
        return files;
    }

    List<FeedProblem> problems() {
        return problems;
    }

    private void search(String name) throws FeedException {
        if (name.equals(FeedOptions.STANDARD_INPUT)) {
            files.add(new FeedFile(
                    name, Optional.empty(), Set.of(), OptionalLong.empty(), Optional.empty(), parser(name, given)));
            return;
        }
        Path path = existing(name);
        try {
            if (options.format() == FeedFormat.DATAFEED && Manifest.isOne(path)) {
                addDelivery(new Delivery(name, path, Manifest.read(path)));
            } else {
                add(name, path, Lookups.NONE, Optional.empty());
            }
        } catch (IOException e) {
            problems.add(new FeedProblem(name, 0, "cannot be read: " + e.getMessage()));
        }
    }

    private void addDelivery(Delivery delivery) throws FeedException {
        delivery.checkCounts(problems::add);
        Lookups lookups = delivery.lookups(problems::add);
        for (Manifest.Part part : delivery.manifest().dataFiles()) {
            Path path = delivery.find(part, problems::add);
            if (path != null) {
                try {
                    add(path.toString(), path, lookups, Optional.of(part));
                } catch (IOException e) {
                    problems.add(new FeedProblem(path.toString(), 0, "cannot be read: " + e.getMessage()));
                }
            }
        }
    }

    private void add(String name, Path path, Lookups ofDelivery, Optional<Manifest.Part> announced)
            throws FeedException, IOException {
        String before = found.put(realPath(path), name);
        if (before != null) {
            throw new FeedException(
                    name + " would be read twice. Name it once; a manifest brings its data files by itself.");
        }
        Set<String> entries = Set.of();
        Lookups lookups = given;
        if (Container.isArchive(path)) {
            entries = Set.copyOf(DataEntries.of(options.format(), Container.entries(path)));
            if (entries.isEmpty()) {
                problems.add(new FeedProblem(name, 0, "an archive that holds no data file"));
                return;
            }
        }
        if (options.format() == FeedFormat.DATAFEED) {
            lookups = given.or(entries.isEmpty() ? Lookups.NONE : Lookups.in(path))
                    .or(ofDelivery)
                    .or(Lookups.beside(path));
        }
        files.add(new FeedFile(name, Optional.of(path), entries, sizeOf(path), announced, parser(name, lookups)));
    }

    private LineParser parser(String name, Lookups lookups) throws FeedException {
        if (options.format() == FeedFormat.JSONL) {
            return new JsonLineParser(options.reportSuite());
        }
        Columns columns = lookups.columns();
        if (columns == null) {
            throw new FeedException(name + ": a data feed without column names. Name its column_headers.tsv with"
                    + " --headers, put that file beside it, or give the delivery's manifest instead."
                    + problemsSoFar());
        }
        EventNames events = lookups.events();
        return new DataFeedParser(
                name, columns, events == null ? EventNames.STANDARD : events, options.reportSuite(), options.zone());
    }

    /** What may be the reason why something was not found. */
    private String problemsSoFar() {
        return problems.isEmpty() ? "" : " (" + problems.get(problems.size() - 1) + ")";
    }

    private static @Nullable Columns givenColumns(@Nullable Path headers) throws FeedException {
        if (headers == null) {
            return null;
        }
        Path path = existing(headers.toString());
        try {
            Columns columns = Lookups.columnsOf(path);
            if (columns != null) {
                return columns;
            }
        } catch (IOException e) {
            throw new FeedException("--headers: " + path + " cannot be read: " + e.getMessage(), e);
        }
        throw new FeedException("--headers: " + path + " holds no column names. Name the feed's column_headers.tsv.");
    }

    private static @Nullable EventNames givenEvents(@Nullable Path lookup) throws FeedException {
        if (lookup == null) {
            return null;
        }
        Path path = existing(lookup.toString());
        try {
            EventNames events = Lookups.eventsOf(path);
            if (events != null) {
                return events;
            }
        } catch (IOException e) {
            throw new FeedException("--lookup: " + path + " cannot be read: " + e.getMessage(), e);
        }
        throw new FeedException("--lookup: " + path + " names no event of Adobe's. Name the feed's event.tsv.");
    }

    private static OptionalLong sizeOf(Path path) throws IOException {
        return Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
    }

    /** The path without symbolic links; as it is where it is a pipe. */
    private static Path realPath(Path path) throws IOException {
        return Files.isRegularFile(path) ? path.toRealPath() : path.toAbsolutePath();
    }

    private static Path existing(String name) throws FeedException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new FeedException(BrokenLine.quoted(name) + " is no path: " + e.getReason(), e);
        }
        if (!Files.exists(path)) {
            throw new FeedException(name + ": no such file. Check the path.");
        }
        if (Files.isDirectory(path)) {
            throw new FeedException(name + " is a folder. Name the files in it.");
        }
        if (!Files.isReadable(path)) {
            throw new FeedException(name + " may not be read. Check its permissions.");
        }
        return path;
    }
}
