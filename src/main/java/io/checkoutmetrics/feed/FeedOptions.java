package io.checkoutmetrics.feed;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read, and what the files themselves don't say.
 *
 * @param format of all files
 * @param files paths, {@code -} for standard input; plain, {@code .gz}, {@code .zip}, {@code .tar.gz}, or a data
 *     feed's manifest
 * @param headers {@code column_headers.tsv}, for data feeds; null: found beside or inside the files
 * @param eventLookup {@code event.tsv}, for data feeds; null: found beside or inside the files, else Adobe's standard
 *     numbers
 * @param reportSuite of hits that name none
 * @param zone of {@code date_time}, the report suite's time zone, for data feeds
 */
public record FeedOptions(
        FeedFormat format,
        List<String> files,
        @Nullable Path headers,
        @Nullable Path eventLookup,
        @Nullable String reportSuite,
        @Nullable ZoneId zone) {

    /** Standard input among the files. */
    public static final String STANDARD_INPUT = "-";

    public FeedOptions {
        files = List.copyOf(files);
    }

    public static FeedOptions of(FeedFormat format, List<String> files) {
        return new FeedOptions(format, files, null, null, null, null);
    }

    public FeedOptions withHeaders(Path headers) {
        return new FeedOptions(format, files, headers, eventLookup, reportSuite, zone);
    }

    public FeedOptions withEventLookup(Path eventLookup) {
        return new FeedOptions(format, files, headers, eventLookup, reportSuite, zone);
    }

    public FeedOptions withReportSuite(String reportSuite) {
        return new FeedOptions(format, files, headers, eventLookup, reportSuite, zone);
    }

    public FeedOptions withZone(ZoneId zone) {
        return new FeedOptions(format, files, headers, eventLookup, reportSuite, zone);
    }

    /** For formats whose times are in no zone of their own. */
    public FeedOptions withoutZone() {
        return new FeedOptions(format, files, headers, eventLookup, reportSuite, null);
    }

    /** Refuses what cannot be meant. */
    void check() throws FeedException {
        if (files.isEmpty()) {
            throw new FeedException("No file given. Name at least one, or - for standard input.");
        }
        if (files.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw new FeedException("Standard input (-) is given twice. Give it once.");
        }
        if (reportSuite != null && reportSuite.isBlank()) {
            throw new FeedException("--report-suite is empty. Give the report suite's name, or leave the option out.");
        }
        if (format == FeedFormat.JSONL) {
            refuseForJson("--headers", headers);
            refuseForJson("--lookup", eventLookup);
            refuseForJson("--zone", zone);
        }
    }

    private static void refuseForJson(String option, @Nullable Object value) throws FeedException {
        if (value != null) {
            throw new FeedException(
                    option + " is for data feeds only. Leave it out, or read the files with --format datafeed.");
        }
    }
}
