package io.checkoutmetrics.cli;

import io.checkoutmetrics.feed.Feed;
import io.checkoutmetrics.feed.FeedCounts;
import io.checkoutmetrics.feed.FeedException;
import io.checkoutmetrics.feed.FeedProblem;
import io.checkoutmetrics.feed.ReceiveOrder;
import io.checkoutmetrics.feed.ReceivedHit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the files of a command, hit by hit in the order received, and tells of every record that is none. */
final class FeedReading {
    private static final int MOST_TOLD = 100;

    private final FeedArguments arguments;
    private final PrintStream talk;
    private long told;

    FeedReading(FeedArguments arguments, PrintStream talk) {
        this.arguments = arguments;
        this.talk = talk;
    }

    /** Opens the files: what is wrong with the arguments is known before anything is started for them. */
    Feed open() throws FeedException {
        return Feed.open(arguments.options());
    }

    /** @param folder for temporary files */
    FeedCounts read(Feed feed, Path folder, Consumer<ReceivedHit> hits) throws IOException {
        FeedCounts counts = arguments.sorted ? feed.read(hits, this::tell) : readSorted(feed, folder, hits);
        if (told > MOST_TOLD) {
            talk.println("… and " + (told - MOST_TOLD) + " more problems");
        }
        return counts;
    }

    private FeedCounts readSorted(Feed feed, Path folder, Consumer<ReceivedHit> hits) throws IOException {
        try (ReceiveOrder order = new ReceiveOrder(folder)) {
            FeedCounts counts = feed.read(order::add, this::tell);
            order.drain(hits);
            return counts;
        }
    }

    private void tell(FeedProblem problem) {
        if (told++ < MOST_TOLD) {
            talk.println(problem);
        }
    }
}
