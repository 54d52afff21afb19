package io.checkoutmetrics.cli;

import io.checkoutmetrics.feed.FeedOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files with hits, and what they don't say themselves. */
final class FeedArguments {
    @Mixin
    FeedDescription description = new FeedDescription();

    @Option(names = "--sorted", description = "The files are in the order received already: don't sort them first.")
    boolean sorted;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Plain, .gz or .zip files, a data feed's manifest, or - for standard input.")
    List<String> files = new ArrayList<>();

    FeedOptions options() {
        return description.options(files);
    }
}
