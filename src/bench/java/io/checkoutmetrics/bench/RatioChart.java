package io.checkoutmetrics.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Bars of ratios to the bare consumer, as SVG for light and dark surroundings: hits a second on a linear scale from
 * nothing, processor time on a logarithmic one from 1.
 *
 * @param workload in words, below the title
 * @param machine in words
 */
record RatioChart(String workload, String machine, List<Row> rows) {
    /** Of one subject, whole drain and second half. */
    record Row(String label, double hits, double warmHits, double cpu, double warmCpu) {}

    private static final int WIDTH = 960;
    private static final int TOP = 98;
    private static final int ROW = 40;
    private static final int BAR = 12;
    private static final int LABEL_LETTERS = 30;
    private static final int LABELS_END = 236;
    private static final Span HITS_PIXELS = new Span(250, 560);
    private static final Span CPU_PIXELS = new Span(650, 910);
    private static final double[] CPU_TICKS = {0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500};

    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
              .title { font-size: 16px; font-weight: 600; }
              .small { font-size: 11px; fill: #59636e; stroke: #ffffff; stroke-width: 3px; paint-order: stroke; }
              .paper { fill: #ffffff; }
              .grid { stroke: #d1d9e0; }
              .bare { stroke: #1f2328; stroke-dasharray: 4 3; }
              .whole { fill: #7aa7d9; }
              .warm { fill: #1f5fa8; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .small { fill: #9198a1; stroke: #0d1117; }
                .paper { fill: #0d1117; }
                .grid { stroke: #3d444d; }
                .bare { stroke: #f0f6fc; }
                .whole { fill: #3a6ea5; }
                .warm { fill: #8ec1f5; }
              }
            </style>
            """;

    private record Span(double from, double to) {}

    /** From a value to a place in the picture. */
    private interface Scale {
        double x(double value);
    }

    String svg() {
        int bottom = TOP + rows.size() * ROW;
        StringBuilder svg = new StringBuilder();
        svg.append(line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
                WIDTH, bottom + 36, WIDTH, bottom + 36));
        svg.append(STYLE);
        svg.append(line("<rect class=\"paper\" width=\"100%%\" height=\"100%%\" rx=\"6\"/>"));
        svg.append(text(20, 28, "title", "start", "Draining a topic, as a ratio to a bare consumer (1)"));
        svg.append(text(20, 46, "small", "start", workload));
        svg.append(text(20, 62, "small", "start", machine));
        legend(svg);
        panels(svg, bottom);
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg) {
        svg.append(line("<rect class=\"whole\" x=\"690\" y=\"19\" width=\"12\" height=\"12\"/>"));
        svg.append(text(708, 29, "", "start", "whole drain"));
        svg.append(line("<rect class=\"warm\" x=\"800\" y=\"19\" width=\"12\" height=\"12\"/>"));
        svg.append(text(818, 29, "", "start", "warm second half"));
    }

    private void panels(StringBuilder svg, int bottom) {
        double mostHits = Math.max(1, most(rows.stream().flatMap(row -> Stream.of(row.hits, row.warmHits))));
        Scale hits = value -> HITS_PIXELS.from + value / mostHits * (HITS_PIXELS.to - HITS_PIXELS.from);
        double least = Math.min(0.5, -most(rows.stream().flatMap(row -> Stream.of(-row.cpu, -row.warmCpu))));
        double most = Math.max(2, most(rows.stream().flatMap(row -> Stream.of(row.cpu, row.warmCpu))));
        Scale cpu = value ->
                CPU_PIXELS.from + Math.log(value / least) / Math.log(most / least) * (CPU_PIXELS.to - CPU_PIXELS.from);
        svg.append(text(HITS_PIXELS.from, TOP - 12, "", "start", "hits per second: more is better"));
        svg.append(text(CPU_PIXELS.from, TOP - 12, "", "start", "CPU time per hit: less is better; log scale"));
        for (double tick = 0; tick <= mostHits; tick += mostHits > 1.5 ? 0.5 : 0.25) {
            svg.append(tick(hits, tick, bottom));
        }
        for (double tick : CPU_TICKS) {
            if (tick >= least && tick <= most) {
                svg.append(tick(cpu, tick, bottom));
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int y = TOP + i * ROW + (ROW - 2 * BAR) / 2;
            svg.append(label(row.label, y + BAR));
            svg.append(bar("whole", hits, 0, row.hits, y)).append(bar("warm", hits, 0, row.warmHits, y + BAR));
            svg.append(bar("whole", cpu, 1, row.cpu, y)).append(bar("warm", cpu, 1, row.warmCpu, y + BAR));
        }
    }

    private static double most(Stream<Double> values) {
        return values.mapToDouble(Double::doubleValue).max().orElse(1);
    }

    private static String tick(Scale scale, double value, int bottom) {
        double x = scale.x(value);
        return line(
                        "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                        value == 1 ? "bare" : "grid", x, x, TOP, bottom)
                + text(x, bottom + 18, "small", "middle", String.valueOf(value).replaceAll("\\.0$", ""));
    }

    /** The value stands behind the bar, also where that goes to the left. */
    private static String bar(String kind, Scale scale, double from, double value, int y) {
        double left = Math.min(scale.x(from), scale.x(value));
        double right = Math.max(scale.x(from), scale.x(value));
        return line(
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                        kind, left, y, Math.max(1, right - left), BAR - 1)
                + text(right + 5, y + BAR - 2, "small", "start", number(value));
    }

    /** On two lines if it is long, and not longer. */
    private static String label(String label, int y) {
        if (label.length() <= LABEL_LETTERS) {
            return text(LABELS_END, y + 4, "", "end", label);
        }
        String rest = label.substring(LABEL_LETTERS);
        String second = rest.length() <= LABEL_LETTERS ? rest : rest.substring(0, LABEL_LETTERS - 1) + "…";
        return text(LABELS_END, y - 3, "", "end", label.substring(0, LABEL_LETTERS))
                + text(LABELS_END, y + 11, "", "end", second);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2f", value);
    }

    private static String text(double x, double y, String kind, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return line(
                "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" text-anchor=\"%s\">%s</text>", x, y, kind, anchor, escaped);
    }

    private static String line(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values) + "\n";
    }
}
