package io.checkoutmetrics.cli;

import io.checkoutmetrics.feed.Feed;
import io.checkoutmetrics.feed.FeedCounts;
import io.checkoutmetrics.feed.FeedException;
import io.checkoutmetrics.feed.FeedOptions;
import io.checkoutmetrics.feed.FeedProblem;
import io.checkoutmetrics.feed.ReceiveOrder;
import io.checkoutmetrics.feed.ReceivedHit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the files of a command, hit by hit in the order received, and tells of every record that is none. */
final class FeedReading {
    private static final int MOST_TOLD = 100;

    private final FeedOptions options;
    private final boolean isSorted;
    private final Consumer<String> talk;
    private long told;

    /** @param isSorted whether the files are in the order received */
    FeedReading(FeedOptions options, boolean isSorted, Consumer<String> talk) {
        this.options = options;
        this.isSorted = isSorted;
        this.talk = talk;
    }

    /** Opens the files: what is wrong with the arguments is known before anything is started for them. */
    Feed open() throws FeedException {
        return Feed.open(options);
    }

    /** @param folder for temporary files */
    FeedCounts read(Feed feed, Path folder, Consumer<ReceivedHit> hits) throws IOException {
        return isSorted ? inOrderOfTheFiles(feed, hits) : readSorted(feed, folder, hits);
    }

    /** Reads them as the files hold them, in whatever order. */
    FeedCounts inOrderOfTheFiles(Feed feed, Consumer<ReceivedHit> hits) {
        FeedCounts counts = feed.read(hits, this::tell);
        if (told > MOST_TOLD) {
            talk.accept("… and " + (told - MOST_TOLD) + " more problems");
        }
        return counts;
    }

    private FeedCounts readSorted(Feed feed, Path folder, Consumer<ReceivedHit> hits) throws IOException {
        try (ReceiveOrder order = new ReceiveOrder(folder)) {
            FeedCounts counts = inOrderOfTheFiles(feed, order::add);
            order.drain(hits);
            return counts;
        }
    }

    private void tell(FeedProblem problem) {
        if (told++ < MOST_TOLD) {
            talk.accept(problem.toString());
        }
    }
}
