package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Bounds.*;
import static io.checkoutmetrics.config.Definition.*;

import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.HitRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** What a checkout is, and which are one: the settings that are about hits. */
final class HitSettings {
    private final Values values;

    HitSettings(Values values) {
        this.values = values;
    }

    static void defineCheckouts(Subject subject) {
        subject.list(
                        CHECKOUT_EVENTS,
                        "scCheckout",
                        notEmpty(),
                        Importance.HIGH,
                        "Events that make a hit a checkout. Exact, case-sensitive names.")
                .number(
                        CHECKOUT_MAX_INCREMENT,
                        1_000_000L,
                        1,
                        Importance.LOW,
                        "Largest value an event may carry, as in scCheckout=3.")
                .list(
                        DIMENSIONS,
                        "country,campaign",
                        distinct(),
                        Importance.HIGH,
                        "Conversion dimensions that Checkouts are broken down by: a field of the hit, product or category of its products, or dimensions.<name>.")
                .number(
                        ITEMS_MAX,
                        10_000,
                        1,
                        Importance.MEDIUM,
                        "Items of a report suite and dimension that count by themselves, in each partition between the stages. Others are summed up under (low traffic).")
                .list(
                        REPORT_SUITES,
                        "",
                        distinct(),
                        Importance.MEDIUM,
                        "Report suites that are counted; hits of others go to the dead letters. Empty: all.")
                .flag(VISITORS, false, Importance.MEDIUM, "Whether different visitors and visits are counted, too.")
                .flag(CART_VALUE, false, Importance.LOW, "Whether prices in carts are added up, by currency.")
                .text(
                        DEAD_LETTERS_MAX_SHARE,
                        "5%",
                        shareOr(OFF),
                        Importance.MEDIUM,
                        "The job stops when more of the hits of a minute, and 100 at least, are dead letters. off: never.");
    }

    static void defineDuplicates(Subject subject) {
        subject.text(
                        DEDUP_MODE,
                        "event-id",
                        dedupMode(),
                        Importance.HIGH,
                        "Which checkouts are one: event-id, visit or always. dedup.mode.<suite> sets it for one report suite.")
                .text(
                        DEDUP_EVENT_ID_RETENTION,
                        "90d",
                        duration(Duration.ofSeconds(1), Duration.ofDays(3_650)),
                        Importance.MEDIUM,
                        "How long an event ID is remembered, from the checkout that counted.")
                .text(
                        DEDUP_VISIT_RETENTION,
                        "1d",
                        duration(Duration.ofSeconds(1), Duration.ofDays(3_650)),
                        Importance.MEDIUM,
                        "How long a visit is remembered, from its checkout that counted.")
                .text(
                        DEDUP_HIT_ID_RETENTION,
                        "1h",
                        duration(Duration.ofSeconds(1), Duration.ofDays(3_650)),
                        Importance.MEDIUM,
                        "How long a hit ID is remembered, from the checkout that counted: a hit delivered again counts once.");
    }

    Settings.Deduplication deduplication() {
        return new Settings.Deduplication(
                values.string(DEDUP_MODE).isEmpty() ? DedupMode.EVENT_ID : DedupMode.ofText(values.string(DEDUP_MODE)),
                modesBySuite(),
                values.duration(DEDUP_EVENT_ID_RETENTION),
                values.duration(DEDUP_VISIT_RETENTION),
                values.duration(DEDUP_HIT_ID_RETENTION));
    }

    HitRules rules() {
        HitRules rules = HitRules.defaults();
        if (values.has(CHECKOUT_EVENTS)) {
            rules = changed(rules, it -> it.withCheckoutEvents(new LinkedHashSet<>(values.list(CHECKOUT_EVENTS))));
        }
        if (values.value(CHECKOUT_MAX_INCREMENT) instanceof Long most) {
            rules = changed(rules, it -> it.withMaxIncrement(most));
        }
        rules = changed(rules, it -> it.withDimensions(values.list(DIMENSIONS)));
        rules = changed(rules, it -> it.withFields(fields(it.dimensions())));
        rules = changed(rules, it -> it.withCartValue(values.flag(CART_VALUE)));
        return changed(rules, it -> it.withReportSuites(new LinkedHashSet<>(values.list(REPORT_SUITES))));
    }

    private Map<String, String> fields(List<String> dimensions) {
        Map<String, String> fields = values.withPrefix(FIELDS_PREFIX);
        Set<String> known = new TreeSet<>(HIT_FIELDS);
        known.addAll(dimensions);
        fields.keySet().stream()
                .filter(name -> !name.isEmpty() && !known.contains(name))
                .forEach(name -> values.problem(
                        FIELDS_PREFIX + name + ": a hit has no field of that name, and it is no dimension."
                                + " Did you mean " + FIELDS_PREFIX + NearestName.of(name, known) + "?"));
        return fields;
    }

    private HitRules changed(HitRules rules, UnaryOperator<HitRules> change) {
        try {
            return change.apply(rules);
        } catch (IllegalArgumentException e) {
            values.problem(String.valueOf(e.getMessage()));
            return rules;
        }
    }

    private Map<String, DedupMode> modesBySuite() {
        Map<String, DedupMode> modes = new HashMap<>();
        List<String> suites = values.list(REPORT_SUITES);
        values.withPrefix(DEDUP_MODE_PREFIX).forEach((suite, text) -> {
            try {
                modes.put(suite, DedupMode.ofText(text.trim()));
            } catch (IllegalArgumentException e) {
                values.problem(DEDUP_MODE_PREFIX + suite + ": " + e.getMessage());
            }
            if (!suites.isEmpty() && !suites.contains(suite)) {
                values.problem(DEDUP_MODE_PREFIX + suite + ": " + REPORT_SUITES
                        + " does not name that report suite. Did you mean " + DEDUP_MODE_PREFIX
                        + NearestName.of(suite, suites) + "?");
            }
        });
        return modes;
    }
}
