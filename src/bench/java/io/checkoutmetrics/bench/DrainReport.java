package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.subject.Drained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The figures of several rounds. */
final class DrainReport {
    private static final String BARE = "bare";
    private static final double MEGABYTE = 1 << 20;

    private final Map<String, String> header;
    private final Map<String, Map<Integer, Drained>> bySubject = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    DrainReport(Map<String, String> header) {
        this.header = new LinkedHashMap<>(header);
    }

    void add(int round, SubjectSpec subject, Drained drained) {
        bySubject.computeIfAbsent(subject.text(), text -> new TreeMap<>()).put(round, drained);
    }

    void addFailure(int round, SubjectSpec subject, String message) {
        failures.add("round " + round + ": " + subject.text() + ": " + message);
    }

    boolean hasFailures() {
        return !failures.isEmpty();
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
        bySubject.forEach((subject, byRound) -> table.row(row(subject, byRound)));
        Map<String, String> lines = new LinkedHashMap<>(header);
        if (hasFailures()) {
            lines.put("FAILED", String.join("; ", failures));
        }
        return new Report(lines, table, bySubject);
    }

    private String[] row(String subject, Map<Integer, Drained> byRound) {
        List<Drained> runs = List.copyOf(byRound.values());
        return new String[] {
            subject,
            "%,d".formatted(runs.get(0).hits()),
            "%,.0f".formatted(Median.of(runs, Drained::hitsPerSecond)),
            ofBare(byRound, Drained::hitsPerSecond),
            "%,.0f".formatted(Median.of(runs, Drained::warmHitsPerSecond)),
            ofBare(byRound, Drained::warmHitsPerSecond),
            "%.2f".formatted(Median.of(runs, Drained::cpuSecondsPerMillion)),
            ofBare(byRound, Drained::cpuSecondsPerMillion),
            "%.2f".formatted(Median.of(runs, Drained::warmCpuSecondsPerMillion)),
            ofBare(byRound, Drained::warmCpuSecondsPerMillion),
            "%.0f".formatted(Median.of(runs, run -> run.peakResidentBytes() / MEGABYTE)),
            "%.1f".formatted(Median.of(runs, run -> run.internalBytes() / MEGABYTE)),
            "%.1f".formatted(Median.of(runs, run -> run.outputBytes() / MEGABYTE))
        };
    }

    /** The median of the ratios to the bare consumer's run in the same round. */
    private String ofBare(Map<Integer, Drained> byRound, ToDoubleFunction<Drained> figure) {
        Map<Integer, Drained> bare = bySubject.getOrDefault(BARE, Map.of());
        List<Double> ratios = new ArrayList<>();
        byRound.forEach((round, drained) -> {
            Drained limit = bare.get(round);
            if (limit != null) {
                ratios.add(figure.applyAsDouble(drained) / figure.applyAsDouble(limit));
            }
        });
        return ratios.isEmpty() ? "" : String.format(Locale.ROOT, "%.3g", Median.of(ratios, ratio -> ratio));
    }
}
