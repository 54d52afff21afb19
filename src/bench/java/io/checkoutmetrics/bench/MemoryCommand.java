package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.process.Broker;
import io.checkoutmetrics.bench.subject.MemorySample;
import io.checkoutmetrics.bench.workload.Traffic;
import io.checkoutmetrics.bench.workload.Truth;
import io.checkoutmetrics.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        name = "memory",
        description = {
            "Lets the job count checkouts that all have event IDs of their own, of many series, in a small process, and"
                    + " looks every second how much memory is resident. Ends when all are counted, or after"
                    + " --most-minutes.",
            "Prints the curve, its maximum, and its slope at the end; writes target/bench/memory.md and .json. Fails when"
                    + " the maximum is above the limit."
        },
        mixinStandardHelpOptions = true)
final class MemoryCommand implements Callable<Integer> {
    private static final int LONGEST_TABLE = 30;

    /** A checkout is remembered by its event ID and its hit ID: two entries each. */
    @Mixin
    WorkloadOptions work = new WorkloadOptions(5_000_000, new Traffic(1, false, 5, 37, 200_000));

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "job, with settings as for drain. Default: ${DEFAULT-VALUE}.")
    String subject = "job:jvm=-XX:+UseSerialGC -Xms192m -Xmx192m -XX:MaxDirectMemorySize=32m"
            + " -XX:ReservedCodeCacheSize=48m -Xss512k";

    @Option(names = "--limit", paramLabel = "MB", description = "Of resident memory. Default: ${DEFAULT-VALUE}.")
    int limitMegabytes = 512;

    @Option(
            names = "--cgroup",
            paramLabel = "FOLDER",
            description = "A control group that has a limit and that the process is put into, such as"
                    + " /sys/fs/cgroup/memory/bench.")
    @Nullable
    Path cgroup;

    @Mixin
    Surroundings surroundings = new Surroundings();

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Workload workload = work.workload();
        try (Broker broker = surroundings.broker();
                Runner runner = surroundings.runner(broker)) {
            runner.cleanLeftovers();
            Truth truth = runner.hits().ensure(workload);
            List<MemorySample> samples = new ArrayList<>();
            String failure = "";
            try {
                runner.memory(SubjectSpec.parse(subject), workload, this::limit, samples::add);
                requireRight(samples, truth);
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            }
            MemoryCurve curve = new MemoryCurve(samples);
            Map<String, String> header = header(truth, curve, failure);
            Report report = new Report(header, List.of(curve.table(LONGEST_TABLE)), samples);
            report.write(surroundings.folder().path(), "memory");
            System.out.println(report.markdown());
            return failure.isEmpty() && curve.mostMegabytes() <= limitMegabytes ? 0 : 1;
        }
    }

    private Map<String, String> header(Truth truth, MemoryCurve curve, String failure) {
        Map<String, String> header = surroundings.header();
        header.remove(Surroundings.JVM);
        header.put("subject", "`" + subject + "`, MALLOC_ARENA_MAX=2");
        header.put("workload", work.inWords(truth));
        header.putAll(curve.inWords(limitMegabytes));
        if (!failure.isEmpty()) {
            header.put("FAILED", failure);
        }
        return header;
    }

    private static void requireRight(List<MemorySample> samples, Truth truth) throws IOException {
        MemorySample last = samples.get(samples.size() - 1);
        if (last.isOver() && last.counted() != truth.counted()) {
            throw new IOException(last.counted() + " were counted, in truth there are " + truth.counted());
        }
    }

    private void limit(long pid) throws IOException {
        if (cgroup != null) {
            Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(pid));
        }
    }
}
