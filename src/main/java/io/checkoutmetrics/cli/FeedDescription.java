package io.checkoutmetrics.cli;

import io.checkoutmetrics.feed.FeedFormat;
import io.checkoutmetrics.feed.FeedOptions;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What files with hits don't say themselves. */
final class FeedDescription {
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

    FeedOptions options(List<String> files) {
        return new FeedOptions(format, files, headers, eventLookup, reportSuite, zone);
    }
}
