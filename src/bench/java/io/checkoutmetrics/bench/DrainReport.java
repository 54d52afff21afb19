package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.subject.Drained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of several rounds. */
final class DrainReport {
    private static final String BARE = "bare";
    private static final double MEGABYTE = 1 << 20;

    private final Map<String, String> header;
    private final Map<String, List<Drained>> bySubject = new LinkedHashMap<>();

    DrainReport(Map<String, String> header) {
        this.header = new LinkedHashMap<>(header);
    }

    /** Of each round, every subject has one. */
    void add(SubjectSpec subject, Drained drained) {
        bySubject.computeIfAbsent(subject.text(), text -> new ArrayList<>()).add(drained);
    }

    /** As it is so far. */
    Report soFar() {
        MarkdownTable table = new MarkdownTable(
                "subject",
                "hits",
                "hits/s",
                "of bare",
                "warm hits/s",
                "of bare",
                "CPU-s/M hits",
                "of bare",
                "warm CPU-s/M",
                "of bare",
                "peak RSS MB",
                "internal MB",
                "output MB");
        bySubject.forEach((subject, runs) -> table.row(
                subject,
                "%,d".formatted(runs.get(0).hits()),
                "%,.0f".formatted(Median.of(runs, Drained::hitsPerSecond)),
                ofBare(runs, Drained::hitsPerSecond),
                "%,.0f".formatted(Median.of(runs, Drained::warmHitsPerSecond)),
                ofBare(runs, Drained::warmHitsPerSecond),
                "%.2f".formatted(Median.of(runs, Drained::cpuSecondsPerMillion)),
                ofBare(runs, Drained::cpuSecondsPerMillion),
                "%.2f".formatted(Median.of(runs, Drained::warmCpuSecondsPerMillion)),
                ofBare(runs, Drained::warmCpuSecondsPerMillion),
                "%.0f".formatted(Median.of(runs, run -> run.peakResidentBytes() / MEGABYTE)),
                "%.1f".formatted(Median.of(runs, run -> run.internalBytes() / MEGABYTE)),
                "%.1f".formatted(Median.of(runs, run -> run.outputBytes() / MEGABYTE))));
        return new Report(header, table, bySubject);
    }

    /** The median of the ratios to the bare consumer's run in the same round. */
    private String ofBare(List<Drained> runs, ToDoubleFunction<Drained> figure) {
        List<Drained> bare = bySubject.getOrDefault(BARE, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(runs.size(), bare.size()); round++) {
            ratios.add(figure.applyAsDouble(runs.get(round)) / figure.applyAsDouble(bare.get(round)));
        }
        return ratios.isEmpty() ? "" : String.format(Locale.ROOT, "%.3g", Median.of(ratios, ratio -> ratio));
    }
}
