package io.checkoutmetrics.feed;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which entries of an archive are data. Of a data feed, those that are called so ({@code hit_data.tsv},
 * {@code 01-suite_2026-01-31.tsv.gz}) if there are any, else all but its lookups; of JSON lines, all. Hidden files are
 * none.
 */
final class DataEntries {
    private static final Pattern CALLED_DATA = Pattern.compile("(?:.*hit_data.*|[0-9]+-.*)\\.tsv(?:\\.gz)?");

    /** Adobe's lookup files ("Data feed contents", dynamic and static lookups). */
    private static final Set<String> LOOKUPS = Set.of(
            "browser.tsv",
            "browser_type.tsv",
            "carrier.tsv",
            "color_depth.tsv",
            "column_headers.tsv",
            "connection_type.tsv",
            "country.tsv",
            "event.tsv",
            "javascript_version.tsv",
            "languages.tsv",
            "mobile_attributes.tsv",
            "operating_system_type.tsv",
            "operating_systems.tsv",
            "plugins.tsv",
            "referrer_type.tsv",
            "resolution.tsv",
            "search_engines.tsv");

    private DataEntries() {}

    static List<String> of(FeedFormat format, List<String> entries) {
        List<String> visible = entries.stream().filter(DataEntries::isVisible).toList();
        if (format == FeedFormat.JSONL) {
            return visible;
        }
        List<String> calledData = visible.stream()
                .filter(entry -> CALLED_DATA.matcher(baseName(entry)).matches())
                .toList();
        return calledData.isEmpty()
                ? visible.stream()
                        .filter(entry -> !LOOKUPS.contains(baseName(entry)))
                        .toList()
                : calledData;
    }

    /** The last part of an entry's path, in lower case. */
    static String baseName(String entry) {
        return entry.substring(Math.max(entry.lastIndexOf('/'), entry.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isVisible(String entry) {
        return !baseName(entry).startsWith(".") && !entry.startsWith("__MACOSX/");
    }
}
