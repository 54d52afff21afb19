package io.checkoutmetrics.page;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.metric.MetricJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Report suites as the live stream tells them: names as in the output topics, times as ISO-8601 in UTC. */
final class BoardJson {
    /** Of each dimension, so many items with most checkouts in any one window. */
    static final int TOP = 10;

    private static final JsonMapper JSON = new JsonMapper();
    private static final double TENTHS = 10;

    private final ChartScale scale;

    BoardJson(ChartScale scale) {
        this.scale = scale;
    }

    /** One report suite without its past; its total must be known. */
    ObjectNode suite(String name, CheckoutMetrics total, SuiteBoard suite) {
        ObjectNode json = JSON.createObjectNode();
        json.put("reportSuite", name);
        json.put("verdict", suite.verdict().name());
        CheckoutAlert alert = suite.alert();
        if (alert != null) {
            json.set("alert", MetricJson.object(alert));
        }
        json.set("total", MetricJson.object(total));
        History.Value live = scale.valueOf(total);
        if (live != null) {
            json.putObject("live").put("checkouts", tenths(live.checkouts())).put("hits", tenths(live.hits()));
        }
        ArrayNode dimensions = json.putArray("dimensions");
        suite.dimensions()
                .forEach((dimension, items) -> dimensions.add(
                        dimension(dimension, items, total.getWindows().size())));
        return json;
    }

    private static ObjectNode dimension(String name, TopItems items, int windows) {
        ObjectNode json = JSON.createObjectNode();
        json.put("dimension", name);
        json.put("items", items.size());
        json.put("isCut", items.hasForgotten());
        ArrayNode top = json.putArray("top");
        items.topOfAny(windows, TOP).forEach(item -> top.add(item(item)));
        return json;
    }

    /** Counts stand in the order of the total's windows; the value of carts is there where any is known. */
    private static ObjectNode item(CheckoutMetrics item) {
        ObjectNode json = JSON.createObjectNode();
        json.put("item", item.getItem());
        ArrayNode checkouts = json.putArray("checkouts");
        ArrayNode previous = json.putArray("previousCheckouts");
        item.getWindows().forEach(window -> {
            checkouts.add(window.getCheckouts());
            previous.add(window.getPreviousCheckouts());
        });
        if (item.getWindows().stream().anyMatch(window -> window.getCartValue() != null)) {
            ArrayNode carts = json.putArray("cartValue");
            item.getWindows().forEach(window -> carts.add(window.getCartValue()));
        }
        return json;
    }

    /** The past of a report suite, oldest first; null is not known. */
    ObjectNode history(History history, long closedToMs) {
        History.Stretch known = history.known(closedToMs);
        ObjectNode json = JSON.createObjectNode();
        json.put("stepMs", scale.stepMs());
        json.put("lengthMs", scale.lengthMs());
        json.put("end", Instant.ofEpochMilli(known.endMs()).toString());
        ArrayNode checkouts = json.putArray("checkouts");
        ArrayNode hits = json.putArray("hits");
        for (History.@Nullable Value value : known.values()) {
            put(checkouts, value == null ? null : value.checkouts());
            put(hits, value == null ? null : value.hits());
        }
        return json;
    }

    private static void put(ArrayNode numbers, @Nullable Double number) {
        if (number == null) {
            numbers.addNull();
        } else if (number == Math.rint(number)) {
            numbers.add(number.longValue());
        } else {
            numbers.add(tenths(number));
        }
    }

    private static double tenths(double number) {
        return Math.round(number * TENTHS) / TENTHS;
    }

    /** What the API answers with: whole records. */
    static ArrayNode records(List<CheckoutMetrics> metrics) {
        ArrayNode json = JSON.createArrayNode();
        metrics.forEach(one -> json.add(MetricJson.object(one)));
        return json;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
