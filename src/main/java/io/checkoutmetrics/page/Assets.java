package io.checkoutmetrics.page;

import static java.util.Map.entry;

import io.checkoutmetrics.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page and its parts: each has an address of its own, read from the class path at start. */
final class Assets {
    private static final Map<String, String> FILES = Map.ofEntries(
            entry("/", "page.html"),
            entry("/page.css", "page.css"),
            entry("/page.js", "page.js"),
            entry("/chart.js", "chart.js"),
            entry("/items.js", "items.js"),
            entry("/state.js", "state.js"),
            entry("/suites.js", "suites.js"),
            entry("/text.js", "text.js"),
            entry("/verdict.js", "verdict.js"),
            entry("/uplot.js", "uplot/uPlot.iife.min.js"),
            entry("/uplot.css", "uplot/uPlot.min.css"),
            entry("/icon.svg", "icon.svg"));
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private Assets() {}

    /** What is answered at each address. */
    static Map<String, Answer> answers() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        FILES.forEach((path, file) -> {
            String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "application/octet-stream");
            answers.put(path, Answer.of(200, type, bytes(file)));
        });
        return answers;
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
