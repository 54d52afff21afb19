package io.checkoutmetrics.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import io.checkoutmetrics.embedded.Sandbox;
import io.checkoutmetrics.feed.Feed;
import io.checkoutmetrics.feed.FeedCounts;
import io.checkoutmetrics.feed.FeedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "Runs the job over files, on a Kafka of its own, until they are counted.",
            "Prints the final Checkouts of every interval, one JSON object a line; the counters go to the last line of"
                    + " standard error."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private static final int MOST_PARTITIONS = 64;

    @Mixin
    FeedArguments feedArguments = new FeedArguments();

    @Mixin
    SettingsOptions settingsOptions = new SettingsOptions();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of the hits topic. Default: 1.")
    int partitions = 1;

    @Option(names = "--rolling", description = "Print the last rolling Checkouts of each series instead.")
    boolean rolling;

    @Option(names = "--alerts", description = "Print the alerts instead: what was not as usual, and when it was again.")
    boolean alerts;

    @Mixin
    Talk talk = new Talk();

    @Override
    public Integer call() throws IOException, FeedException, InterruptedException {
        talk.little();
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new InvalidSettingsException("--partitions: use 1 to " + MOST_PARTITIONS + ".");
        }
        if (rolling && alerts) {
            throw new InvalidSettingsException("--rolling and --alerts: choose one of them.");
        }
        settingsOptions.source(false).read();
        FeedReading reading = new FeedReading(feedArguments.options(), feedArguments.sorted, System.err::println);
        Feed feed = reading.open();
        SandboxJob.Counted counted;
        try (Sandbox sandbox = Sandbox.start()) {
            Settings settings = SandboxJob.settingsIn(sandbox, source());
            counted =
                    SandboxJob.count(sandbox, settings, partitions, hits -> reading.read(feed, sandbox.folder(), hits));
            print(settings, sandbox.folder());
        }
        System.err.println(counters(counted.outcomes(), counted.files()));
        return counted.files().fileProblems() == 0 ? 0 : 1;
    }

    private SettingsSource source() {
        SettingsSource source = settingsOptions.source(false);
        return alerts ? source.set("alerts", "true") : source;
    }

    private void print(Settings settings, Path folder) {
        PublishedRecords published = new PublishedRecords(settings, folder);
        if (alerts) {
            published.alerts(System.out::println);
        } else if (rolling) {
            published.latestRolling(System.out::println);
        } else {
            published.finals(System.out::println);
        }
        System.out.flush();
    }

    private static String counters(Map<String, Long> outcomes, FeedCounts counts) {
        ObjectNode json = new JsonMapper().createObjectNode();
        outcomes.forEach(json::put);
        json.put("records_in_files", counts.records());
        json.put("broken_records_in_files", counts.brokenRecords());
        json.put("problems_with_files", counts.fileProblems());
        return json.toString();
    }
}
