package io.checkoutmetrics.cli;

import io.checkoutmetrics.feed.FeedFormat;
import io.checkoutmetrics.feed.FeedOptions;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files with hits, and what they don't say themselves. */
final class FeedArguments {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "datafeed",
            description = "datafeed (Adobe Analytics data feed) or jsonl (one JSON object a line). Default: datafeed.")
    FeedFormat format = FeedFormat.DATAFEED;

    @Option(
            names = "--headers",
            paramLabel = "FILE",
            description = "column_headers.tsv of a data feed. Default: the one beside or inside the files.")
    @Nullable
    Path headers;

    @Option(
            names = "--lookup",
            paramLabel = "FILE",
            description =
                    "event.tsv of a data feed. Default: the one beside or inside the files, else Adobe's numbers.")
    @Nullable
    Path eventLookup;

    @Option(names = "--report-suite", paramLabel = "SUITE", description = "Report suite of hits that name none.")
    @Nullable
    String reportSuite;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = ZoneOption.class,
            description = "Time zone of the report suite, such as Europe/Paris, for feeds that only have date_time.")
    @Nullable
    ZoneId zone;

    @Option(names = "--sorted", description = "The files are in the order received already: don't sort them first.")
    boolean sorted;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Plain, .gz or .zip files, a data feed's manifest, or - for standard input.")
    List<String> files = new ArrayList<>();

    FeedOptions options() {
        return new FeedOptions(format, files, headers, eventLookup, reportSuite, zone);
    }
}
