package io.checkoutmetrics.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long it took after each fault until what was published was of now again, by kind. */
final class Recoveries {
    private final Map<Kind, List<Duration>> measured = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> injected = new EnumMap<>(Kind.class);

    void injected(Kind kind) {
        injected.merge(kind, 1, Integer::sum);
    }

    /** From the end of a fault until every report suite's total is as of then or later. */
    void measured(Kind kind, Duration recovery) {
        measured.computeIfAbsent(kind, none -> new ArrayList<>()).add(recovery);
    }

    void add(Recoveries others) {
        others.injected.forEach((kind, times) -> injected.merge(kind, times, Integer::sum));
        others.measured.forEach((kind, all) -> all.forEach(one -> measured(kind, one)));
    }

    int faults() {
        return injected.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** As Markdown. */
    String table() {
        StringBuilder table = new StringBuilder("| Fault | Times | Median | Longest |\n|---|--:|--:|--:|\n");
        injected.forEach((kind, times) -> {
            List<Duration> sorted =
                    measured.getOrDefault(kind, List.of()).stream().sorted().toList();
            table.append("| ").append(kind.what()).append(" | ").append(times).append(" | ");
            if (sorted.isEmpty()) {
                table.append("| |\n");
            } else {
                table.append(seconds(sorted.get(sorted.size() / 2)))
                        .append(" | ")
                        .append(seconds(sorted.get(sorted.size() - 1)))
                        .append(" |\n");
            }
        });
        return table.toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
