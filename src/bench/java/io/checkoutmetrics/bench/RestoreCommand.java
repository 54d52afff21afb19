package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.process.Broker;
import io.checkoutmetrics.bench.subject.RestoredState;
import io.checkoutmetrics.bench.subject.RestoredState.Store;
import io.checkoutmetrics.bench.workload.Traffic;
import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.bench.workload.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        description = {
            "Lets the job drain a topic, deletes its local state, and measures how long it takes to restore it from the"
                    + " changelogs.",
            "Prints medians by store, and writes target/bench/restore.md and .json."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    /** Of fewer records or entries nothing can be said. */
    private static final int LEAST = 1_000;

    private static final double MEGABYTE = 1 << 20;

    @Mixin
    WorkloadOptions work = new WorkloadOptions(1_000_000, new Traffic(1, false, 5, 37, 2_000));

    @Option(names = "--repetitions", paramLabel = "N", description = "Restores. Default: ${DEFAULT-VALUE}.")
    int repetitions = 3;

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "job, with settings as for drain. Default: ${DEFAULT-VALUE}.")
    String subject = "job";

    @Mixin
    Surroundings surroundings = new Surroundings();

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        SubjectSpec spec = SubjectSpec.parse(subject);
        Workload workload = work.workload();
        try (Broker broker = surroundings.broker();
                Runner runner = surroundings.runner(broker)) {
            runner.cleanLeftovers();
            Truth truth = runner.hits().ensure(workload);
            List<RestoredState> runs = runner.restore(spec, workload, repetitions);
            Map<String, String> header = surroundings.header();
            header.put("workload", work.inWords(truth));
            header.put("restores", Integer.toString(repetitions));
            header.put(
                    "restoring all stores",
                    "%.2f s"
                            .formatted(Median.of(
                                    runs,
                                    run -> run.stores().values().stream()
                                            .mapToDouble(Store::seconds)
                                            .sum())));
            header.put(
                    "from the job's start until it was running",
                    "%.1f s, the engine's rebalance and the start of threads and stores included"
                            .formatted(Median.of(runs, RestoredState::startSeconds)));
            Report report = new Report(header, List.of(table(runs)), runs);
            report.write(surroundings.folder().path(), "restore");
            System.out.println(report.markdown());
            return 0;
        }
    }

    private static MarkdownTable table(List<RestoredState> runs) {
        MarkdownTable table = new MarkdownTable(
                "store",
                "changelog records",
                "changelog MB",
                "entries",
                "bytes per entry",
                "store MB",
                "seconds",
                "s per M records",
                "s per M entries");
        for (String store : runs.get(0).stores().keySet()) {
            List<Store> same = runs.stream()
                    .map(run -> run.stores().get(store))
                    .filter(one -> one != null)
                    .toList();
            double records = Median.of(same, Store::records);
            double entries = Median.of(same, Store::entries);
            double seconds = Median.of(same, Store::seconds);
            table.row(
                    store,
                    "%,.0f".formatted(records),
                    megabytes(same, Store::changelogBytes),
                    "%,.0f".formatted(entries),
                    ratio(Median.of(same, Store::entryBytes), entries),
                    megabytes(same, Store::diskBytes),
                    "%.3f".formatted(seconds),
                    ratio(seconds * 1e6, records),
                    ratio(seconds * 1e6, entries));
        }
        return table;
    }

    private static String megabytes(List<Store> runs, ToDoubleFunction<Store> bytes) {
        return "%.1f".formatted(Median.of(runs, bytes) / MEGABYTE);
    }

    private static String ratio(double of, double to) {
        return to < LEAST ? "" : "%.1f".formatted(of / to);
    }
}
