package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.HitRules;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What a checkout is, and which are one: the settings that are about hits. */
final class HitSettings {
    private final Values values;

    HitSettings(Values values) {
        this.values = values;
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
