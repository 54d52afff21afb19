package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.workload.Traffic;
import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.bench.workload.Workload;
import picocli.CommandLine.Option;

/** Options of the commands that write a topic of made-up hits first. */
final class WorkloadOptions {
    @Option(names = "--hits", paramLabel = "N", description = "Hits in the topic. Default: ${DEFAULT-VALUE}.")
    long hits;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Event time that they are spread over. Default: as many as makes 2,000 hits a second.")
    long seconds;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(
            names = "--checkouts",
            paramLabel = "SHARE",
            description = "Share of hits that are checkouts, between 0 and 1. Default: ${DEFAULT-VALUE}.")
    double checkouts;

    @Option(
            names = "--duplicates",
            arity = "1",
            paramLabel = "BOOLEAN",
            description = "Whether one checkout in two hundred repeats an event ID. Default: ${DEFAULT-VALUE}.")
    boolean duplicates;

    @Option(names = "--suites", paramLabel = "N", description = "Report suites. Default: ${DEFAULT-VALUE}.")
    int suites;

    @Option(names = "--countries", paramLabel = "N", description = "Countries in each. Default: ${DEFAULT-VALUE}.")
    int countries;

    @Option(names = "--campaigns", paramLabel = "N", description = "Campaigns in each. Default: ${DEFAULT-VALUE}.")
    int campaigns;

    /** With defaults. */
    WorkloadOptions(long hits, Traffic traffic) {
        this.hits = hits;
        checkouts = traffic.checkouts();
        duplicates = traffic.duplicates();
        suites = traffic.suites();
        countries = traffic.countries();
        campaigns = traffic.campaigns();
    }

    Workload workload() {
        return new Workload(
                hits,
                seconds > 0 ? seconds : Math.max(1, hits / 2_000),
                seed,
                new Traffic(checkouts, duplicates, suites, countries, campaigns));
    }

    String inWords(Truth truth) {
        Workload workload = truth.workload();
        return "%,d hits of %d bytes, %,d s of event time, %,d checkouts, %,d of them duplicates; %,d series"
                .formatted(
                        truth.hits(),
                        truth.bytes() / truth.hits(),
                        workload.seconds(),
                        truth.checkouts(),
                        truth.checkouts() - truth.counted(),
                        workload.traffic().series());
    }
}
