package io.checkoutmetrics.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A manifest and the folder it lies in.
 *
 * @param name of the manifest, as the user gave it
 */
record Delivery(String name, Path path, Manifest manifest) {

    /** Reports where the manifest contradicts itself. */
    void checkCounts(Consumer<FeedProblem> problems) {
        checkCount(
                "Lookup-Files",
                manifest.lookupFileCount(),
                manifest.lookupFiles().size(),
                problems);
        checkCount("Data-Files", manifest.dataFileCount(), manifest.dataFiles().size(), problems);
        boolean allCounted =
                manifest.dataFiles().stream().allMatch(part -> part.records().isPresent());
        if (allCounted) {
            long sum = manifest.dataFiles().stream()
                    .mapToLong(part -> part.records().orElse(0))
                    .sum();
            checkCount("Total-Records", manifest.totalRecords(), sum, problems);
        }
    }

    private void checkCount(String header, OptionalLong said, long listed, Consumer<FeedProblem> problems) {
        if (said.isPresent() && said.getAsLong() != listed) {
            problems.accept(
                    new FeedProblem(name, 0, "says " + header + ": " + said.getAsLong() + ", but lists " + listed));
        }
    }

    /** What the delivery's lookup archives hold, those not believed left out and reported. */
    Lookups lookups(Consumer<FeedProblem> problems) {
        Lookups lookups = Lookups.NONE;
        for (Manifest.Part part : manifest.lookupFiles()) {
            Path file = find(part, problems);
            if (file == null) {
                continue;
            }
            try {
                String mismatch = part.mismatch(file);
                if (mismatch == null) {
                    lookups = lookups.or(Lookups.in(file));
                } else {
                    problems.accept(new FeedProblem(file.toString(), 0, "refused: " + mismatch));
                }
            } catch (IOException e) {
                problems.accept(new FeedProblem(file.toString(), 0, "cannot be read: " + e.getMessage()));
            }
        }
        return lookups;
    }

    /** The announced file, in the manifest's own folder only; null, and reported, where it isn't there. */
    @Nullable
    Path find(Manifest.Part part, Consumer<FeedProblem> problems) {
        String file = part.file();
        if (file.isEmpty() || file.equals("..") || file.matches(".*[/\\\\\\x00].*")) {
            problems.accept(new FeedProblem(name, 0, "names a file outside its folder: " + BrokenLine.quoted(file)));
            return null;
        }
        Path found = path.resolveSibling(file);
        if (!Files.isRegularFile(found) || !Files.isReadable(found)) {
            problems.accept(new FeedProblem(found.toString(), 0, "missing, though the manifest " + name + " names it"));
            return null;
        }
        return found;
    }
}
