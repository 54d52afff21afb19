package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.embedded.TemporaryFolder;
import io.checkoutmetrics.feed.Feed;
import io.checkoutmetrics.feed.FeedCounts;
import io.checkoutmetrics.feed.FeedException;
import io.checkoutmetrics.feed.HitsDigest;
import io.checkoutmetrics.feed.ReceiveOrder;
import io.checkoutmetrics.feed.ReceivedHit;
import io.checkoutmetrics.operate.Topics;
import io.checkoutmetrics.terminal.ProgressBar;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        description = {
            "Writes the hits of files to the hits topic, in the order received.",
            "Broken off, by Ctrl-C or the machine, the same command goes on where it stopped: each hit is written once."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Mixin
    FeedArguments feedArguments = new FeedArguments();

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Option(
            names = "--again",
            description = "Write all hits, even if some or all of the same hits were imported before.")
    boolean again;

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() throws IOException, FeedException {
        talk.little();
        Settings settings = settingsOptions.read();
        Feed feed = Feed.open(feedArguments.options());
        try (Topics topics = Topics.open(settings)) {
            topics.requireInput();
        }
        try (Interruption interruption = new Interruption();
                ImportProgress progress = new ImportProgress(System.err)) {
            return new Run(settings, feed, interruption, progress).go();
        }
    }

    /** One import, from its files to its last word. */
    private final class Run {
        private final Settings settings;
        private final Feed feed;
        private final Interruption interruption;
        private final ImportProgress progress;
        private final FeedReading reading;

        Run(Settings settings, Feed feed, Interruption interruption, ImportProgress progress) {
            this.settings = settings;
            this.feed = feed;
            this.interruption = interruption;
            this.progress = progress;
            this.reading = new FeedReading(feedArguments.options(), feedArguments.sorted, progress::say);
        }

        int go() throws IOException, FeedException {
            if (!feedArguments.sorted) {
                return sortAndWrite();
            }
            return feed.progress().totalBytes().isPresent() ? readAndWrite() : passOn();
        }

        private int sortAndWrite() throws IOException {
            HitsDigest digest = new HitsDigest();
            try (TemporaryFolder folder = TemporaryFolder.create("checkout-metrics-import-");
                    ReceiveOrder order = new ReceiveOrder(folder.path())) {
                FeedCounts counts = read("reading", hit -> {
                    digest.add(hit);
                    order.add(hit);
                });
                return write(digest, counts, order::drain);
            } catch (Interruption.Requested e) {
                return stopped("nothing was written by this run");
            }
        }

        /** Reads the files twice: first to know which hits these are. */
        private int readAndWrite() throws FeedException {
            HitsDigest digest = new HitsDigest();
            try {
                FeedCounts counts = read("reading", digest::add);
                Feed files = Feed.open(feedArguments.options());
                return write(digest, counts, hits -> files.read(hits, problem -> {}));
            } catch (Interruption.Requested e) {
                return stopped("nothing was written by this run");
            }
        }

        private FeedCounts read(String word, Consumer<ReceivedHit> hits) {
            progress.begin(
                    new ProgressBar(
                            word, ProgressBar.Unit.BYTES, feed.progress().totalBytes()),
                    feed.progress()::bytesRead);
            return reading.inOrderOfTheFiles(feed, hit -> {
                interruption.throwIfRequested();
                hits.accept(hit);
            });
        }

        private int write(HitsDigest digest, FeedCounts counts, Consumer<Consumer<ReceivedHit>> source) {
            try (OnceWritten written = OnceWritten.begin(settings, digest, again)) {
                progress.begin(
                        new ProgressBar("writing", ProgressBar.Unit.HITS, OptionalLong.of(written.total())),
                        written::inTopic);
                try {
                    source.accept(hit -> {
                        interruption.throwIfRequested();
                        written.take(hit);
                    });
                } catch (Interruption.Requested e) {
                    written.commit();
                    return stopped(written.inTopic() + " of " + written.total() + " hits are in \"" + input() + "\"");
                }
                written.commit();
                return done(written.inTopic() - written.before(), written.before(), counts);
            }
        }

        /** What cannot be read twice is written as it comes. */
        private int passOn() {
            progress.say("A pipe in the order received is written as it comes: broken off, it cannot go on.");
            try (HitsTopic topic = new HitsTopic(settings)) {
                FeedCounts counts = read("importing", topic::send);
                topic.flush();
                return done(topic.sent(), 0, counts);
            } catch (Interruption.Requested e) {
                return stopped("what had come is in \"" + input() + "\"");
            }
        }

        private int done(long hits, long before, FeedCounts counts) {
            progress.close();
            String earlier = before == 0 ? "" : " after the " + before + " that were there from an earlier run";
            progress.say(hits + " hits written to \"" + input() + "\"" + earlier + ", "
                    + counts.brokenRecords() + " broken records and " + counts.fileProblems()
                    + " files with problems left out");
            if (hits == 0 && before > 0) {
                progress.say("These hits had been imported before. --again writes them once more.");
            }
            return counts.fileProblems() == 0 ? 0 : 1;
        }

        private int stopped(String state) {
            progress.close();
            progress.say("stopped: " + state + "."
                    + (feedArguments.sorted && feed.progress().totalBytes().isEmpty()
                            ? ""
                            : " The same command" + (again ? ", without --again," : "") + " goes on with the rest."));
            return 1;
        }

        private String input() {
            return settings.topics().input();
        }
    }
}
