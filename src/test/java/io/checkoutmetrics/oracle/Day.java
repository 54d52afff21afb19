package io.checkoutmetrics.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small timeline of one day, and what is expected of it, in few words. */
final class Day {
    private final Map<String, String> settings = new LinkedHashMap<>(Map.of("dimensions", ""));
    private final List<Arrival> arrivals = new ArrayList<>();
    private int partition;

    static Instant at(String time) {
        return Instant.parse("2026-01-05T" + time + "Z");
    }

    /** Without a setting, no dimension is counted, and all else is default. */
    Day with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** The hits that follow are of another partition. */
    Day partition(int number) {
        partition = number;
        return this;
    }

    /**
     * A hit of the suite {@code eu}.
     *
     * @param received time of day, such as {@code 10:00:00}
     * @param fields such as {@code hitId=h1}; {@code time=09:59:00}, or an instant; {@code dimensions.eVar5=x}; {@code
     *     reportSuite=us}
     */
    Day hit(String received, String events, String... fields) {
        ObjectNode hit =
                JsonNodeFactory.instance.objectNode().put("reportSuite", "eu").put("events", events);
        for (String field : fields) {
            String name = field.substring(0, field.indexOf('='));
            String value = field.substring(field.indexOf('=') + 1);
            if (name.equals("time")) {
                hit.put(name, (value.length() > 12 ? Instant.parse(value) : at(value)).toEpochMilli());
            } else if (name.startsWith("dimensions.")) {
                hit.withObject("/dimensions").put(name.substring("dimensions.".length()), value);
            } else {
                hit.put(name, value);
            }
        }
        arrivals.add(Arrival.of(partition, arrivals.size(), at(received).toEpochMilli(), hit));
        return this;
    }

    Day unreadable(String received, String reason) {
        arrivals.add(Arrival.unreadable(partition, arrivals.size(), at(received).toEpochMilli(), reason));
        return this;
    }

    Recount.Finals finals() {
        return Recount.finals(arrivals, Rules.of(settings));
    }

    /**
     * One line an interval: {@code 10:00 eu 1/3 of 2 hits} for a total, {@code 10:00 eu country=fr 1/3} for an item.
     */
    List<String> said() {
        List<String> said = new ArrayList<>();
        for (JsonNode json : finals().intervals()) {
            String start = json.path("start").asText().substring(11, 16);
            String dimension = json.path("dimension").asText();
            String item = dimension.isEmpty()
                    ? ""
                    : dimension + "=" + json.path("item").asText() + " ";
            String hits = json.path("hits").isNull() ? "" : " of " + json.path("hits") + " hits";
            said.add(start + " " + json.path("reportSuite").asText() + " " + item + json.path("checkouts") + "/"
                    + json.path("increments") + hits);
        }
        return said;
    }

    /** The outcomes that some hit had, such as {@code {COUNTED=1}}. */
    String outcomes() {
        Map<Outcome, Long> outcomes = new LinkedHashMap<>(finals().outcomes());
        outcomes.values().removeIf(hits -> hits == 0);
        return outcomes.toString();
    }
}
