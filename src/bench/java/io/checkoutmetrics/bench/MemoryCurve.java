package io.checkoutmetrics.bench;

import io.checkoutmetrics.bench.subject.MemorySample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Resident memory over time. @param samples in order */
record MemoryCurve(List<MemorySample> samples) {
    private static final double MEGABYTE = 1 << 20;

    double mostMegabytes() {
        return samples.stream().mapToDouble(MemoryCurve::resident).max().orElse(0);
    }

    Map<String, String> inWords(int limitMegabytes) {
        if (samples.isEmpty()) {
            return Map.of();
        }
        MemorySample last = samples.get(samples.size() - 1);
        double most = mostMegabytes();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "reached",
                "%,d checkouts counted in %,.0f s%s"
                        .formatted(last.counted(), last.seconds(), last.isOver() ? ", all" : ", not all"));
        lines.put(
                "most resident memory",
                "%.0f MB, %s the limit of %d MB"
                        .formatted(most, most <= limitMegabytes ? "within" : "ABOVE", limitMegabytes));
        lines.put(
                "slope of the last third",
                "%+.2f MB a minute, %+.2f MB per million checkouts"
                        .formatted(
                                60 * slopeAtEnd(MemorySample::seconds),
                                1e6 * slopeAtEnd(sample -> (double) sample.counted())));
        return lines;
    }

    /** Of the line with the least squares through the last third of the samples; not a number where x stands still. */
    private double slopeAtEnd(ToDoubleFunction<MemorySample> x) {
        List<MemorySample> last = samples.subList(samples.size() * 2 / 3, samples.size());
        double meanX = last.stream().mapToDouble(x).average().orElse(0);
        double meanY =
                last.stream().mapToDouble(MemoryCurve::resident).average().orElse(0);
        double products = 0;
        double squares = 0;
        for (MemorySample sample : last) {
            double distance = x.applyAsDouble(sample) - meanX;
            products += distance * (resident(sample) - meanY);
            squares += distance * distance;
        }
        return products / squares;
    }

    /** At most so many rows, evenly spread over time, the last sample among them. */
    MarkdownTable table(int rows) {
        TreeSet<String> stores = new TreeSet<>();
        samples.forEach(sample -> stores.addAll(sample.entries().keySet()));
        List<String> titles = new ArrayList<>(List.of("second", "hits read", "counted", "RSS MB", "heap MB"));
        stores.forEach(store -> titles.add("~" + store));
        MarkdownTable table = new MarkdownTable(titles.toArray(new String[0]));
        int step = Math.max(1, (samples.size() + rows - 1) / rows);
        for (int i = (samples.size() - 1) % step; i < samples.size(); i += step) {
            MemorySample sample = samples.get(i);
            List<String> cells = new ArrayList<>(List.of(
                    "%.0f".formatted(sample.seconds()),
                    "%,d".formatted(sample.hits()),
                    "%,d".formatted(sample.counted()),
                    "%.0f".formatted(resident(sample)),
                    "%.0f".formatted(sample.heapBytes() / MEGABYTE)));
            stores.forEach(store -> cells.add("%,d".formatted(sample.entries().getOrDefault(store, 0L))));
            table.row(cells.toArray(new String[0]));
        }
        return table;
    }

    private static double resident(MemorySample sample) {
        return sample.residentBytes() / MEGABYTE;
    }
}
