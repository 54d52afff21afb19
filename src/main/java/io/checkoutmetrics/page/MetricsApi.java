package io.checkoutmetrics.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.Durations;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.http.Answer;
import io.checkoutmetrics.http.Request;
import io.checkoutmetrics.http.Route;
import io.checkoutmetrics.window.Window;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The newest rolling Checkouts on request. Parameters, all optional: {@code reportSuite}, only that one; {@code
 * dimension}, its items in place of totals; {@code top}, at most so many items of each report suite, 1 to {@value #MOST_TOP_OF_ALL}, of a single one to {@value #MOST_TOP};
 * {@code window}, by whose checkouts items are ordered, such as {@code 1h}. The answer holds whole records, as they were
 * published.
 */
final class MetricsApi implements Route {
    private static final int MOST_TOP = 1_000;
    private static final int MOST_TOP_OF_ALL = 50;
    private static final int DEFAULT_TOP = 10;
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Board board;
    private final Settings settings;
    private final Supplier<Reading> reading;
    private final Clock clock;

    MetricsApi(Board board, Settings settings, Supplier<Reading> reading, Clock clock) {
        this.board = board;
        this.settings = settings;
        this.reading = reading;
        this.clock = clock;
    }

    @Override
    public Answer answer(Request request) {
        Optional<String> reportSuite = text(request, "reportSuite");
        Optional<String> dimension = text(request, "dimension");
        int top;
        int window;
        try {
            int most = reportSuite.isPresent() ? MOST_TOP : MOST_TOP_OF_ALL;
            top = text(request, "top").map(text -> top(text, most)).orElse(DEFAULT_TOP);
            window = text(request, "window").map(this::window).orElseGet(this::usualWindow);
        } catch (IllegalArgumentException e) {
            return Answer.text(400, String.valueOf(e.getMessage()));
        }
        return board.look(suites -> {
            Map<String, SuiteBoard> wanted =
                    reportSuite.map(name -> only(name, suites)).orElse(suites);
            if (reportSuite.isPresent() && wanted.isEmpty()) {
                return Answer.text(404, "No such report suite is known.");
            }
            ObjectNode json = BoardJson.object();
            json.put("now", clock.instant().toString());
            json.put("reading", reading.get().name());
            dimension.ifPresent(name -> json.put("window", size(window).toString()));
            json.set("metrics", BoardJson.records(records(wanted, dimension, window, top)));
            return Answer.json(json.toString());
        });
    }

    private static Optional<String> text(Request request, String name) {
        return request.parameter(name).filter(text -> !text.isEmpty());
    }

    private static int top(String text, int most) {
        if (text.matches("[0-9]{1,6}")) {
            int top = Integer.parseInt(text);
            if (top >= 1 && top <= most) {
                return top;
            }
        }
        throw new IllegalArgumentException("top: use a number from 1 to " + most + ".");
    }

    private static Map<String, SuiteBoard> only(String name, Map<String, SuiteBoard> suites) {
        SuiteBoard suite = suites.get(name);
        return suite == null ? Map.of() : Map.of(name, suite);
    }

    private static List<CheckoutMetrics> records(
            Map<String, SuiteBoard> suites, Optional<String> dimension, int window, int top) {
        List<CheckoutMetrics> records = new ArrayList<>();
        for (SuiteBoard suite : suites.values()) {
            CheckoutMetrics total = suite.total();
            if (dimension.isPresent()) {
                TopItems items = suite.dimensions().get(dimension.get());
                records.addAll(items == null ? List.of() : items.top(window, top));
            } else if (total != null) {
                records.add(total);
            }
        }
        return records;
    }

    private Duration size(int window) {
        return Duration.ofMillis(settings.rolling().windows().get(window).sizeMs());
    }

    /** Its position among the windows. */
    private int window(String text) {
        List<Window> windows = settings.rolling().windows();
        Duration wanted;
        try {
            wanted = text.startsWith("P") ? Duration.parse(text) : Durations.parse(text);
        } catch (RuntimeException e) {
            wanted = Duration.ZERO;
        }
        for (int i = 0; i < windows.size(); i++) {
            if (size(i).equals(wanted)) {
                return i;
            }
        }
        throw new IllegalArgumentException("window: use the size of one of the windows, such as PT1H for 1h: "
                + String.join(
                        ", ",
                        IntStream.range(0, windows.size())
                                .mapToObj(i -> size(i).toString())
                                .toList())
                + ".");
    }

    /** Long enough for the order of items to be calm: the longest of an hour or less, or else the shortest. */
    private int usualWindow() {
        int best = 0;
        for (int i = 1; i < settings.rolling().windows().size(); i++) {
            boolean fits = size(i).compareTo(AN_HOUR) <= 0;
            boolean bestFits = size(best).compareTo(AN_HOUR) <= 0;
            if (fits == bestFits ? fits == size(i).compareTo(size(best)) > 0 : fits) {
                best = i;
            }
        }
        return best;
    }
}
