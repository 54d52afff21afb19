package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.embedded.TemporaryFolder;
import io.checkoutmetrics.feed.Feed;
import io.checkoutmetrics.feed.FeedCounts;
import io.checkoutmetrics.feed.FeedException;
import io.checkoutmetrics.feed.ReceivedHit;
import io.checkoutmetrics.operate.Topics;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "import",
        description = "Writes the hits of files to the hits topic, in the order received.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Mixin
    FeedArguments feedArguments = new FeedArguments();

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() throws IOException, FeedException {
        talk.little();
        Settings settings = settingsOptions.read();
        FeedReading reading = new FeedReading(feedArguments, System.err);
        Feed feed = reading.open();
        try (Topics topics = Topics.open(settings)) {
            topics.requireInput();
        }
        try (TemporaryFolder folder = TemporaryFolder.create("checkout-metrics-import-");
                HitsTopic topic = new HitsTopic(settings);
                ImportProgress progress = new ImportProgress(feed.progress(), System.err)) {
            FeedCounts counts = reading.read(feed, folder.path(), (ReceivedHit hit) -> {
                topic.send(hit);
                progress.sent(topic.sent());
            });
            topic.flush();
            progress.close();
            System.err.println(
                    topic.sent() + " hits written to \"" + settings.topics().input() + "\", "
                            + counts.brokenRecords() + " broken records and " + counts.fileProblems()
                            + " files with problems left out");
            return counts.fileProblems() == 0 ? 0 : 1;
        }
    }
}
