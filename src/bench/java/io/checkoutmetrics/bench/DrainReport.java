package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.subject.Drained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The figures of several rounds. A ratio is the median of the ratios within the same round. */
final class DrainReport {
    private static final String BARE = "bare";
    private static final double MEGABYTE = 1 << 20;

    private final Map<String, String> header;
    private final List<SubjectSet.Comparison> comparisons;
    private final Map<String, Map<Integer, Drained>> byLabel = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    DrainReport(Map<String, String> header, List<SubjectSet.Comparison> comparisons) {
        this.header = new LinkedHashMap<>(header);
        this.comparisons = comparisons;
    }

    void add(int round, SubjectSpec subject, Drained drained) {
        byLabel.computeIfAbsent(subject.label(), label -> new TreeMap<>()).put(round, drained);
    }

    void addFailure(int round, SubjectSpec subject, String message) {
        failures.add("round " + round + ": " + subject.label() + ": " + message);
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** What is known so far, as {@code NAME.md}, {@code .json} and, where there is a bare consumer, {@code .svg}. */
    void write(Path folder, String name) throws IOException {
        report().write(folder, name);
        if (byLabel.containsKey(BARE)) {
            Files.writeString(folder.resolve(name + ".svg"), chart().svg());
        }
    }

    String markdown() {
        return report().markdown();
    }

    private Report report() {
        Map<String, String> lines = new LinkedHashMap<>(header);
        if (hasFailures()) {
            lines.put("FAILED", String.join("; ", failures));
        }
        List<MarkdownTable> tables = new ArrayList<>(List.of(subjects()));
        if (comparisons.stream().anyMatch(this::isMeasured)) {
            tables.add(compared());
        }
        return new Report(lines, tables, byLabel);
    }

    private MarkdownTable subjects() {
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
                "to changelogs MB",
                "between stages MB",
                "results MB");
        byLabel.forEach((label, byRound) -> table.row(row(label, List.copyOf(byRound.values()))));
        return table;
    }

    private String[] row(String label, List<Drained> runs) {
        return new String[] {
            label,
            "%,d".formatted(runs.get(0).hits()),
            "%,.0f".formatted(Median.of(runs, Drained::hitsPerSecond)),
            text(ratio(label, BARE, Drained::hitsPerSecond)),
            "%,.0f".formatted(Median.of(runs, Drained::warmHitsPerSecond)),
            text(ratio(label, BARE, Drained::warmHitsPerSecond)),
            "%.2f".formatted(Median.of(runs, Drained::cpuSecondsPerMillion)),
            text(ratio(label, BARE, Drained::cpuSecondsPerMillion)),
            "%.2f".formatted(Median.of(runs, Drained::warmCpuSecondsPerMillion)),
            text(ratio(label, BARE, Drained::warmCpuSecondsPerMillion)),
            "%.0f".formatted(Median.of(runs, run -> run.peakResidentBytes() / MEGABYTE)),
            "%.1f".formatted(Median.of(runs, run -> run.sent().changelogs() / MEGABYTE)),
            "%.1f".formatted(Median.of(runs, run -> run.sent().betweenStages() / MEGABYTE)),
            "%.1f".formatted(Median.of(runs, run -> run.sent().results() / MEGABYTE))
        };
    }

    private MarkdownTable compared() {
        MarkdownTable table = new MarkdownTable("ratio", "hits/s", "warm hits/s", "CPU-s/M", "warm CPU-s/M");
        comparisons.stream()
                .filter(this::isMeasured)
                .forEach(pair -> table.row(
                        "(" + pair.label() + ") / (" + pair.base() + ")",
                        text(ratio(pair.label(), pair.base(), Drained::hitsPerSecond)),
                        text(ratio(pair.label(), pair.base(), Drained::warmHitsPerSecond)),
                        text(ratio(pair.label(), pair.base(), Drained::cpuSecondsPerMillion)),
                        text(ratio(pair.label(), pair.base(), Drained::warmCpuSecondsPerMillion))));
        return table;
    }

    private boolean isMeasured(SubjectSet.Comparison pair) {
        return byLabel.containsKey(pair.label()) && byLabel.containsKey(pair.base());
    }

    private OptionalDouble ratio(String label, String base, ToDoubleFunction<Drained> figure) {
        Map<Integer, Drained> ofBase = byLabel.getOrDefault(base, Map.of());
        List<Double> ratios = new ArrayList<>();
        byLabel.getOrDefault(label, Map.of()).forEach((round, drained) -> {
            Drained one = ofBase.get(round);
            if (one != null) {
                ratios.add(figure.applyAsDouble(drained) / figure.applyAsDouble(one));
            }
        });
        return ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Median.of(ratios, ratio -> ratio));
    }

    private static String text(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.3g", ratio.getAsDouble()) : "";
    }

    private RatioChart chart() {
        List<RatioChart.Row> rows = new ArrayList<>();
        byLabel.keySet().stream()
                .filter(label -> !label.equals(BARE))
                .forEach(label -> ratio(label, BARE, Drained::hitsPerSecond)
                        .ifPresent(hits -> rows.add(new RatioChart.Row(
                                label,
                                hits,
                                ratio(label, BARE, Drained::warmHitsPerSecond).orElseThrow(),
                                ratio(label, BARE, Drained::cpuSecondsPerMillion)
                                        .orElseThrow(),
                                ratio(label, BARE, Drained::warmCpuSecondsPerMillion)
                                        .orElseThrow()))));
        return new RatioChart(
                header.getOrDefault("workload", "") + "; medians of " + header.get("rounds") + " rounds",
                header.getOrDefault("machine", ""),
                rows);
    }
}
