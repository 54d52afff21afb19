package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.process.Broker;
import io.checkoutmetrics.bench.subject.Drained;
import io.checkoutmetrics.bench.workload.Traffic;
import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.bench.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "drain",
        description = {
            "Drains a topic of made-up hits with each subject, from its beginning to its end, round by round; every count is"
                    + " checked against the truth.",
            "Prints medians, and writes target/bench/report.md, .json and .svg."
        },
        mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {
    @Mixin
    WorkloadOptions work = new WorkloadOptions(10_000_000, Traffic.USUAL);

    @Option(names = "--repetitions", paramLabel = "N", description = "Rounds. Default: ${DEFAULT-VALUE}.")
    int repetitions = 3;

    @Option(
            names = "--subjects",
            paramLabel = "SUBJECT",
            arity = "1..*",
            description =
                    "NAME[:SETTING=VALUE;...], separated by blanks. NAME is bare, job, dsl, flink or jet. Settings of job"
                            + " are the job's. With hits=N only the first N hits are drained; jvm=FLAGS replaces --jvm;"
                            + " label=TEXT is its name in the report. Default: bare job, or none with --set.")
    List<String> subjects = List.of();

    @Option(
            names = "--set",
            paramLabel = "SET",
            description =
                    "Subjects that make up a report: ${COMPLETION-CANDIDATES}. Those of --subjects come after them.")
    @Nullable
    SubjectSet set;

    @Mixin
    Surroundings surroundings = new Surroundings();

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        List<SubjectSpec> specs = specs();
        Workload workload = work.workload();
        try (Broker broker = surroundings.broker();
                Runner runner = surroundings.runner(broker)) {
            runner.cleanLeftovers();
            Truth truth = runner.hits().ensure(workload);
            for (SubjectSpec spec : specs) {
                runner.hits().ensure(workload.first(spec.hits(workload.hits())));
            }
            DrainReport report = new DrainReport(header(specs, truth), set == null ? List.of() : set.comparisons());
            runner.drain(SubjectSpec.parse("bare"), workload); // from the disk into memory; not measured
            for (int round = 1; round <= repetitions; round++) {
                for (SubjectSpec spec : specs) {
                    drain(runner, round, spec, workload.first(spec.hits(workload.hits())), report);
                }
                report.write(surroundings.folder().path(), "report");
            }
            System.out.println(report.markdown());
            return report.hasFailures() ? 1 : 0;
        }
    }

    private List<SubjectSpec> specs() {
        List<String> texts = new ArrayList<>(set == null ? List.of() : set.subjects());
        texts.addAll(subjects);
        if (texts.isEmpty()) {
            texts.addAll(List.of("bare", "job"));
        }
        return texts.stream().map(SubjectSpec::parse).toList();
    }

    private Map<String, String> header(List<SubjectSpec> specs, Truth truth) {
        Map<String, String> header = surroundings.header();
        header.put("workload", work.inWords(truth));
        header.put("rounds", Integer.toString(repetitions));
        specs.stream()
                .filter(spec -> !spec.label().equals(spec.text()))
                .forEach(spec -> header.put(spec.label(), "`" + spec.text() + "`"));
        return header;
    }

    /** A subject that fails has no figures; the others go on. */
    private static void drain(Runner runner, int round, SubjectSpec spec, Workload workload, DrainReport report)
            throws InterruptedException, ExecutionException {
        try {
            Drained drained = runner.drain(spec, workload);
            report.add(round, spec, drained);
            System.err.printf(
                    "round %d: %s: %,.0f hits/s, warm %,.0f, %.2f CPU-s/M%n",
                    round,
                    spec.label(),
                    drained.hitsPerSecond(),
                    drained.warmHitsPerSecond(),
                    drained.cpuSecondsPerMillion());
        } catch (IOException e) {
            report.addFailure(round, spec, String.valueOf(e.getMessage()));
            System.err.println("round " + round + ": " + e.getMessage());
        }
    }
}
