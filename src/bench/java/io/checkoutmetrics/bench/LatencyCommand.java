package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.process.Broker;
import io.checkoutmetrics.bench.subject.Assignment;
import io.checkoutmetrics.bench.subject.LiveCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "latency",
        description = {
            "Measures from a checkout's sending to the updated count at a subscriber that reads committed records only,"
                    + " under a steady load.",
            "Prints percentiles in milliseconds, and writes target/bench/latency.md and .json."
        },
        mixinStandardHelpOptions = true)
final class LatencyCommand implements Callable<Integer> {
    private static final int AFTER_SECONDS = 3;
    private static final long COMPLETE_WITHIN_NANOS = 60_000_000_000L;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            description = "Hits a second, separated by commas. Default: ${DEFAULT-VALUE}.")
    List<Integer> rates = List.of(5_000, 20_000, 50_000);

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Of the same load before what is measured. Default: ${DEFAULT-VALUE}.")
    int warmUpSeconds = 30;

    @Option(names = "--seconds", paramLabel = "N", description = "Measured. Default: ${DEFAULT-VALUE}.")
    int seconds = 60;

    @Option(names = "--repetitions", paramLabel = "N", description = "Rounds. Default: ${DEFAULT-VALUE}.")
    int repetitions = 1;

    @Option(
            names = "--subjects",
            paramLabel = "SUBJECT",
            arity = "1..*",
            description = "job or dsl, with settings as for drain. Default: ${DEFAULT-VALUE}.")
    List<String> subjects = List.of("job", "dsl:commit.interval.ms=100");

    @Mixin
    Surroundings surroundings = new Surroundings();

    /** What a row of the table is about. */
    private record Case(String subject, int rate) {
        @Override
        public String toString() {
            return subject + " at " + rate + " hits/s";
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        List<SubjectSpec> specs = subjects.stream()
                .map(SubjectSpec::parse)
                .map(LatencyCommand::bySuite)
                .toList();
        Map<Case, List<Latencies.Percentiles>> runs = new LinkedHashMap<>();
        Map<String, String> header = surroundings.header();
        header.put("load", "%d s after %d s of warming up; %d rounds".formatted(seconds, warmUpSeconds, repetitions));
        try (Broker broker = surroundings.broker();
                Runner runner = surroundings.runner(broker)) {
            runner.cleanLeftovers();
            for (int round = 1; round <= repetitions; round++) {
                for (int rate : rates) {
                    for (SubjectSpec spec : specs) {
                        Latencies.Percentiles run = runner.live(spec, assignment -> measure(assignment, rate));
                        runs.computeIfAbsent(new Case(spec.text(), rate), none -> new ArrayList<>())
                                .add(run);
                        System.err.printf(
                                "round %d: %s, %,d hits/s: p50 %.0f ms, p99 %.0f ms%n",
                                round, spec.text(), rate, run.p50(), run.p99());
                    }
                }
                new Report(header, List.of(table(runs)), runs)
                        .write(surroundings.folder().path(), "latency");
            }
        }
        System.out.println(new Report(header, List.of(table(runs)), runs).markdown());
        return 0;
    }

    /** The DSL is asked for one count per report suite. */
    private static SubjectSpec bySuite(SubjectSpec spec) {
        return spec.name().equals("dsl") ? spec.with("series", "suite") : spec;
    }

    private Latencies.Percentiles measure(Assignment assignment, int rate) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        Latencies latencies = new Latencies(
                startNanos + warmUpSeconds * 1_000_000_000L, startNanos + (warmUpSeconds + seconds) * 1_000_000_000L);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Double> sentPerSecond = new AtomicReference<>();
        Thread sender = new Thread(
                () -> sentPerSecond.set(new PacedHits(assignment.bootstrapServers(), assignment.topic(), rate)
                        .send(rate, warmUpSeconds + seconds + AFTER_SECONDS, latencies::sending)),
                "sender");
        sender.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        sender.setDaemon(true);
        try (LiveCounts counts = LiveCounts.of(assignment)) {
            sender.start();
            while (sender.isAlive()) {
                counts.poll(latencies::counted);
            }
            Double rateReached = sentPerSecond.get();
            if (rateReached == null) {
                throw new IOException("hits could not be sent", failure.get());
            }
            long untilNanos = System.nanoTime() + COMPLETE_WITHIN_NANOS;
            while (!latencies.isComplete()) {
                if (System.nanoTime() - untilNanos > 0) {
                    throw new IOException("not every checkout was counted");
                }
                counts.poll(latencies::counted);
            }
            return latencies.percentiles(rateReached);
        }
    }

    private static MarkdownTable table(Map<Case, List<Latencies.Percentiles>> runs) {
        MarkdownTable table = new MarkdownTable(
                "subject", "hits/s wanted", "hits/s sent", "checkouts", "p50 ms", "p99 ms", "p99.9 ms", "max ms");
        runs.forEach((row, all) -> {
            Latencies.Percentiles median = Latencies.Percentiles.median(all);
            table.row(
                    row.subject,
                    "%,d".formatted(row.rate),
                    "%,.0f".formatted(median.hitsPerSecond()),
                    "%,d".formatted(median.checkouts()),
                    "%.0f".formatted(median.p50()),
                    "%.0f".formatted(median.p99()),
                    "%.0f".formatted(median.p999()),
                    "%.0f".formatted(median.max()));
        });
        return table;
    }
}
