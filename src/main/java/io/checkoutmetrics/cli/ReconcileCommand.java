package io.checkoutmetrics.cli;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.embedded.Sandbox;
import io.checkoutmetrics.feed.Feed;
import io.checkoutmetrics.feed.FeedCounts;
import io.checkoutmetrics.feed.FeedException;
import io.checkoutmetrics.feed.FeedFormat;
import io.checkoutmetrics.feed.FeedOptions;
import io.checkoutmetrics.operate.JobException;
import io.checkoutmetrics.reconcile.Comparison;
import io.checkoutmetrics.reconcile.FeedCheckouts;
import io.checkoutmetrics.reconcile.Finals;
import io.checkoutmetrics.reconcile.FinalsFile;
import io.checkoutmetrics.reconcile.JsonReport;
import io.checkoutmetrics.reconcile.Ledger;
import io.checkoutmetrics.reconcile.TextReport;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconcile",
        description = {
            "Counts a feed by the rules of the job, and compares that with the finals the job has published.",
            "Says what differs, interval by interval, and why as far as it can be told. Exit code 0 where both are equal,"
                    + " 1 where they are not."
        },
        mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {
    @Option(
            names = "--feed",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Plain, .gz or .zip files, a data feed's manifest, or - for standard input.")
    List<String> feedFiles = new ArrayList<>();

    @Option(
            names = "--finals",
            paramLabel = "FILE",
            description =
                    "Finals as lines of JSON, as replay prints them; plain or .gz, or - for standard input. Default:"
                            + " those in the topic that --config names.")
    @Nullable
    String finalsFile;

    @Mixin
    FeedDescription description = new FeedDescription();

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Option(names = "--json", description = "One JSON object a line for each difference, and last one of everything.")
    boolean json;

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() throws IOException, FeedException, InterruptedException {
        talk.little();
        boolean fromTopic = finalsFile == null;
        if (fromTopic && settingsOptions.config == null && settingsOptions.assignments.isEmpty()) {
            throw new InvalidSettingsException(
                    "Name what to compare with: --finals FILE, or --config FILE to read the job's finals from Kafka.");
        }
        Settings settings = settingsOptions.source(fromTopic).read();
        FeedReading reading = new FeedReading(feedOptions(), false, System.err::println);
        Feed feed = reading.open();
        if (fromTopic) {
            new PublishedFinals(settings).requireTopic();
        }
        try (Sandbox sandbox = Sandbox.start();
                Ledger ledger = new Ledger(sandbox.folder().resolve("ledger"))) {
            Settings inSandbox = SandboxJob.settingsIn(
                    sandbox, settingsOptions.source(fromTopic).rules());
            return new Run(settings, inSandbox, sandbox, ledger).go(reading, feed);
        }
    }

    /** In a file of JSON every time has its zone. */
    private FeedOptions feedOptions() {
        FeedOptions options = description.options(feedFiles);
        return options.format() == FeedFormat.JSONL ? options.withoutZone() : options;
    }

    /** One reconciliation, from its files to its last word. */
    private final class Run {
        private final Settings settings;
        private final Settings inSandbox;
        private final Sandbox sandbox;
        private final Ledger ledger;
        private final FeedCheckouts checkouts;
        private final Finals published;

        Run(Settings settings, Settings inSandbox, Sandbox sandbox, Ledger ledger) {
            this.settings = settings;
            this.inSandbox = inSandbox;
            this.sandbox = sandbox;
            this.ledger = ledger;
            this.checkouts = new FeedCheckouts(inSandbox, ledger);
            this.published = Finals.published(inSandbox, ledger);
        }

        int go(FeedReading reading, Feed feed) throws IOException, InterruptedException {
            if (finalsFile != null) {
                FinalsFile.read(finalsFile, published::take);
                published.requireComparable();
            }
            SandboxJob.Counted counted = SandboxJob.count(
                    sandbox,
                    inSandbox,
                    1,
                    hits -> reading.read(feed, sandbox.folder(), hit -> {
                        checkouts.take(hit);
                        hits.accept(hit);
                    }));
            if (checkouts.isEmpty()) {
                throw new JobException("The feed has no hit that could be counted: there is nothing to compare.");
            }
            if (finalsFile == null) {
                new PublishedFinals(settings).read(checkouts.first(), published, ledger, System.err::println);
                published.requireComparable();
            }
            Finals ofFeed = Finals.counted(inSandbox, ledger);
            new PublishedRecords(inSandbox, sandbox.folder()).eachFinal(ofFeed::take);
            return report(ofFeed, counted.files());
        }

        private int report(Finals ofFeed, FeedCounts files) {
            ZoneId zone = description.zone == null ? ZoneOffset.UTC : description.zone;
            Comparison comparison = new Comparison(inSandbox, ledger, checkouts, ofFeed, published, zone);
            if (json) {
                JsonReport.print(comparison, System.out::println);
            } else {
                TextReport.print(comparison, System.out::println);
            }
            System.out.flush();
            if (files.brokenRecords() + files.fileProblems() > 0) {
                System.err.println("The feed is not whole: " + files.brokenRecords() + " broken records and "
                        + files.fileProblems() + " files with problems are left out.");
            }
            return comparison.isEqual() && files.fileProblems() == 0 ? 0 : 1;
        }
    }
}
