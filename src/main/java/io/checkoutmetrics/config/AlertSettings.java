package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Bounds.*;
import static io.checkoutmetrics.config.Definition.*;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Which series are compared with what is usual for them, and how strictly. */
final class AlertSettings {
    private static final double USUAL_FALSE_ALARMS = 0.1;

    private final Values values;

    AlertSettings(Values values) {
        this.values = values;
    }

    static void define(Subject subject) {
        subject.flag(
                        ALERTS,
                        false,
                        Importance.HIGH,
                        "Whether report suites are compared with what is usual for them. It takes a topic more, topics.alerts.")
                .text(
                        TOPICS_ALERTS,
                        "checkout-alerts",
                        topicName(),
                        Importance.MEDIUM,
                        "Topic that alerts go to, where there are any.")
                .list(
                        ALERTS_ITEMS,
                        "",
                        distinct(),
                        Importance.MEDIUM,
                        "Items that are watched as well, as dimension=item, in every report suite: country=fr,campaign=spring.")
                .text(
                        ALERTS_ZONE,
                        AUTO,
                        timeZoneOr(AUTO),
                        Importance.MEDIUM,
                        "By whose clocks the week has its rhythm; auto: intervals.zone. alerts.zone.<suite> sets it for one report suite.")
                .text(
                        ALERTS_FALSE_ALARMS,
                        Double.toString(USUAL_FALSE_ALARMS),
                        decimal("0.0001", "100"),
                        Importance.LOW,
                        "How often in 30 days chance alone may raise each kind of alert in each series. More: alerts come sooner.");
    }

    Settings.Alerts alerts() {
        return new Settings.Alerts(
                values.flag(ALERTS),
                values.string(TOPICS_ALERTS),
                items(),
                zone(),
                zonesBySuite(),
                values.has(ALERTS_FALSE_ALARMS)
                        ? Double.parseDouble(values.string(ALERTS_FALSE_ALARMS))
                        : USUAL_FALSE_ALARMS);
    }

    private Map<String, Set<String>> items() {
        List<String> dimensions = values.list(DIMENSIONS);
        Map<String, Set<String>> items = new HashMap<>();
        for (String text : values.list(ALERTS_ITEMS)) {
            int equals = text.indexOf('=');
            if (equals <= 0 || equals == text.length() - 1) {
                values.problem(
                        ALERTS_ITEMS + ": \"" + text + "\" names no item. Write dimension=item, such as country=fr.");
                continue;
            }
            String dimension = text.substring(0, equals);
            if (!dimensions.contains(dimension) && values.has(DIMENSIONS)) {
                values.problem(ALERTS_ITEMS + ": \"" + dimension + "\" is none of the dimensions. Add it there, or use "
                        + (dimensions.isEmpty() ? "none" : NearestName.of(dimension, dimensions)) + ".");
            }
            items.computeIfAbsent(dimension, absent -> new HashSet<>()).add(text.substring(equals + 1));
        }
        return items;
    }

    private ZoneId zone() {
        String name = values.string(ALERTS_ZONE).equals(AUTO) ? INTERVALS_ZONE : ALERTS_ZONE;
        return values.has(name) ? ZoneId.of(values.string(name)) : ZoneOffset.UTC;
    }

    private Map<String, ZoneId> zonesBySuite() {
        Map<String, ZoneId> zones = new HashMap<>();
        values.withPrefix(ALERTS_ZONE_PREFIX).forEach((suite, text) -> {
            try {
                zones.put(suite, ZoneId.of(text.trim()));
            } catch (DateTimeException e) {
                values.problem(ALERTS_ZONE_PREFIX + suite + ": \"" + text
                        + "\" is no time zone. Name one such as UTC, Europe/Paris or America/New_York.");
            }
        });
        return zones;
    }
}
