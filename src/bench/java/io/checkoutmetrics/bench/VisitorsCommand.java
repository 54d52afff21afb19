package io.checkoutmetrics.bench;

import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.bench.process.Broker;
import io.checkoutmetrics.bench.workload.ExactVisitors;
import io.checkoutmetrics.bench.workload.Traffic;
import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.bench.workload.Workload;
import io.checkoutmetrics.config.Durations;
import io.checkoutmetrics.metric.Series;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "visitors",
        description = {
            "Lets the job drain a topic with visitors=true, and compares the visitors and visits of every final with"
                    + " exact counts of the same hits.",
            "Prints the errors, and writes target/bench/visitors.md and .json. Fails when a number up to 1,024 is not"
                    + " exact, or fewer than 19 of 20 others are within 2 %."
        },
        mixinStandardHelpOptions = true)
final class VisitorsCommand implements Callable<Integer> {
    private static final List<String> DIMENSIONS = List.of("country", "campaign");

    @Mixin
    WorkloadOptions work = new WorkloadOptions(10_000_000, Traffic.USUAL);

    @Option(names = "--interval", paramLabel = "DURATION", description = "Of the finals. Default: ${DEFAULT-VALUE}.")
    String interval = "1h";

    @Mixin
    Surroundings surroundings = new Surroundings();

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Duration width = Durations.parse(interval);
        SubjectSpec job = SubjectSpec.parse(
                "job:visitors=true;intervals=" + interval + ";dimensions=" + String.join(",", DIMENSIONS));
        Workload workload = work.workload();
        try (Broker broker = surroundings.broker();
                Runner runner = surroundings.runner(broker)) {
            runner.cleanLeftovers();
            Truth truth = runner.hits().ensure(workload);
            ExactVisitors exact = ExactVisitors.of(workload, width, DIMENSIONS);
            EstimateErrors errors = new EstimateErrors();
            int[] finals = {0};
            runner.finals(job, workload, (series, published) -> {
                finals[0]++;
                compare(series, published, exact, errors);
            });
            if (finals[0] < exact.size()) {
                throw new IOException(finals[0] + " finals were published; " + exact.size() + " have checkouts");
            }
            Map<String, String> header = surroundings.header();
            header.put("workload", work.inWords(truth));
            Report report = new Report(header, List.of(errors.table()), errors.estimated());
            report.write(surroundings.folder().path(), "visitors");
            System.out.println(report.markdown());
            return errors.areAsPromised() ? 0 : 1;
        }
    }

    private static void compare(Series series, CheckoutInterval published, ExactVisitors exact, EstimateErrors errors) {
        ExactVisitors.Count count = exact.of(series, published.getStart().toEpochMilli());
        String what = series + " " + published.getStart();
        errors.add(
                new EstimateErrors.Estimate("visitors of " + what, count.visitors(), number(published.getVisitors())));
        errors.add(new EstimateErrors.Estimate("visits of " + what, count.visits(), number(published.getVisits())));
    }

    private static long number(@org.jspecify.annotations.Nullable Long published) {
        return published == null ? -1 : published;
    }
}
