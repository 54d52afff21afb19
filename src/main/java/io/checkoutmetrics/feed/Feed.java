package io.checkoutmetrics.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Hits from files, one after the other as the files hold them, which is no order of time ({@link ReceiveOrder}).
 * Nothing but the current line is in memory. What is broken in the input is reported and passed over; it never ends the
 * reading.
 *
 * <p>Of a file that a manifest announces with another size or MD5 digest than it has, no hit is handed out. A record
 * count that turns out different is reported after the file.
 */
public final class Feed {
    private final List<FeedFile> files;
    private final List<FeedProblem> problemsFound;
    private final InputStream standardInput;
    private final FeedProgress progress;

    private Feed(FileSearch search, InputStream standardInput) {
        this.files = search.files();
        this.problemsFound = search.problems();
        this.standardInput = standardInput;
        boolean endUnknown = files.stream().anyMatch(file -> file.bytes().isEmpty());
        this.progress = new FeedProgress(
                endUnknown
                        ? OptionalLong.empty()
                        : OptionalLong.of(files.stream()
                                .mapToLong(file -> file.bytes().orElse(0))
                                .sum()));
    }

    /**
     * Finds the files and what is needed to understand them.
     *
     * @throws FeedException if a file or lookup that was named is missing, column names are nowhere to be found, or the
     *     options don't fit the files
     */
    public static Feed open(FeedOptions options) throws FeedException {
        return open(options, System.in);
    }

    /** Reads from the stream in place of standard input. */
    static Feed open(FeedOptions options, InputStream standardInput) throws FeedException {
        return new Feed(new FileSearch(options), standardInput);
    }

    public FeedProgress progress() {
        return progress;
    }

    /**
     * Reads everything, once. What the consumers throw ends the reading and passes through.
     *
     * @param hits is given every hit, excluded ones too
     * @param problems is given everything that is wrong with the input
     */
    public FeedCounts read(Consumer<ReceivedHit> hits, Consumer<FeedProblem> problems) {
        Reading reading = new Reading(hits, problems);
        problemsFound.forEach(reading::fileProblem);
        long position = 0;
        for (FeedFile file : files) {
            reading.readFile(file);
            position += file.bytes().orElse(0);
            progress.reach(position);
        }
        return new FeedCounts(reading.records, reading.hitCount, reading.brokenRecords, reading.fileProblems);
    }

    /** One pass over the files, with its counts. */
    private final class Reading {
        private final Consumer<ReceivedHit> hits;
        private final Consumer<FeedProblem> problems;
        private long records;
        private long hitCount;
        private long brokenRecords;
        private long fileProblems;

        Reading(Consumer<ReceivedHit> hits, Consumer<FeedProblem> problems) {
            this.hits = hits;
            this.problems = problems;
        }

        void readFile(FeedFile file) {
            long recordsBefore = records;
            long problemsBefore = fileProblems;
            try {
                Path path = file.path().orElse(null);
                if (path == null) {
                    readLines(file, "", Container.gunzipped(new CountedStream(standardInput, progress::add)));
                } else {
                    readChecked(file, path);
                }
            } catch (IOException e) {
                cutShort(file.name(), e);
            }
            if (fileProblems == problemsBefore) {
                checkRecords(file, records - recordsBefore);
            }
        }

        private void readChecked(FeedFile file, Path path) throws IOException {
            Optional<Manifest.Part> announced = file.announced();
            String mismatch = announced.isPresent() ? announced.get().mismatch(path) : null;
            if (mismatch != null) {
                fileProblem(new FeedProblem(file.name(), 0, "refused: " + mismatch));
                return;
            }
            Container.read(path, progress::add, file::wants, (entry, in) -> readEntry(file, entry, in));
        }

        /** Reads an entry; that it is damaged says nothing about the next one. */
        private void readEntry(FeedFile file, String entry, InputStream in) {
            try {
                readLines(file, entry, in);
            } catch (IOException e) {
                cutShort(nameOf(file, entry), e);
            }
        }

        private void readLines(FeedFile file, String entry, InputStream in) throws IOException {
            String name = nameOf(file, entry);
            LineParser parser = file.parser();
            LineReader lines = new LineReader(in, parser.hasBackslashEscapes(), LineReader.MAX_LINE_BYTES);
            while (lines.next()) {
                try {
                    if (lines.tooLong()) {
                        throw new BrokenLine("longer than " + LineReader.MAX_LINE_BYTES + " bytes");
                    }
                    ReceivedHit hit = parser.parse(lines.bytes(), lines.length());
                    if (hit == null) {
                        continue;
                    }
                    hitCount++;
                    hits.accept(hit);
                } catch (BrokenLine e) {
                    brokenRecords++;
                    problems.accept(new FeedProblem(name, lines.lineNumber(), String.valueOf(e.getMessage())));
                }
                records++;
            }
        }

        private void checkRecords(FeedFile file, long read) {
            OptionalLong said = file.announced().map(Manifest.Part::records).orElse(OptionalLong.empty());
            if (said.isPresent() && said.getAsLong() != read) {
                fileProblem(new FeedProblem(
                        file.name(), 0, "it holds " + read + " records, the manifest says " + said.getAsLong()));
            }
        }

        void fileProblem(FeedProblem problem) {
            fileProblems++;
            problems.accept(problem);
        }

        private void cutShort(String name, IOException e) {
            fileProblem(new FeedProblem(name, 0, "cannot be read to its end: " + e.getMessage()));
        }

        private static String nameOf(FeedFile file, String entry) {
            return entry.isEmpty() ? file.name() : file.name() + "!" + entry;
        }
    }
}
