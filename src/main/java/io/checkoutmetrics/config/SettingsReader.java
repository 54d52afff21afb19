package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import io.checkoutmetrics.hit.DedupMode;
import io.checkoutmetrics.hit.HitRules;
import io.checkoutmetrics.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** Turns names and texts into {@link Settings}, or reports everything that is wrong with them at once. */
final class SettingsReader {
    private final Map<String, String> texts;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    private SettingsReader(Map<String, String> texts) {
        this.texts = texts;
    }

    /** @throws InvalidSettingsException when anything is wrong */
    static Settings read(Map<String, String> texts) {
        SettingsReader reader = new SettingsReader(withSecretsResolved(texts));
        reader.validate();
        Settings settings = reader.assemble();
        if (!reader.problems.isEmpty()) {
            throw new InvalidSettingsException(reader.problems);
        }
        return settings;
    }

    private static Map<String, String> withSecretsResolved(Map<String, String> texts) {
        try {
            Map<String, String> resolved = new TreeMap<>();
            new AbstractConfig(new ConfigDef(), texts, false)
                    .originals()
                    .forEach((name, value) -> resolved.put(name, String.valueOf(value)));
            return resolved;
        } catch (ConfigException e) {
            throw new InvalidSettingsException(PROVIDERS_PREFIX + ": " + e.getMessage());
        }
    }

    private void validate() {
        for (ConfigValue value : DEFINITION.validate(texts)) {
            for (String message : value.errorMessages()) {
                String line = message.replace("Configuration '" + value.name() + "'", value.name() + ":")
                        .replaceFirst(
                                "^Invalid value (.*) for configuration " + Pattern.quote(value.name()) + ": ",
                                "\"$1\" cannot be used. ");
                problems.add(line.startsWith(value.name()) ? line : value.name() + ": " + line);
            }
            if (value.value() != null && value.errorMessages().isEmpty()) {
                values.put(value.name(), value.value());
            }
        }
        texts.keySet().stream().filter(name -> !isKnown(name)).forEach(name -> problems.add(unknown(name)));
    }

    private static boolean isKnown(String name) {
        return DEFINITION.names().contains(name)
                || REGISTRY_SETTINGS.contains(name)
                || name.startsWith(KAFKA_PREFIX)
                || name.startsWith(FIELDS_PREFIX)
                || name.startsWith(DEDUP_MODE_PREFIX)
                || name.startsWith(PROVIDERS_PREFIX);
    }

    private static String unknown(String name) {
        return name + ": there is no such setting. Did you mean " + NearestName.of(name, DEFINITION.names())
                + "? Settings of Kafka begin with \"kafka.\".";
    }

    private Settings assemble() {
        Settings.Topics topics = new Settings.Topics(
                string(TOPICS_INPUT),
                string(TOPICS_METRICS),
                string(TOPICS_INTERVALS),
                string(TOPICS_DEAD_LETTERS),
                Boolean.TRUE.equals(values.get(TOPICS_CREATE)),
                string(VALUE_SERIALIZER));
        Settings.Pace pace = new Settings.Pace(
                duration(WATERMARK_DELAY),
                duration(WATERMARK_INTERVAL),
                OFF.equals(values.get(PUBLISH_EARLY)) ? Settings.Pace.NEVER : duration(PUBLISH_EARLY),
                duration(PUBLISH_ALIVE),
                duration(IDLE_TIMEOUT),
                duration(MAX_FUTURE));
        Settings.Deduplication deduplication = new Settings.Deduplication(
                string(DEDUP_MODE).isEmpty() ? DedupMode.EVENT_ID : DedupMode.ofText(string(DEDUP_MODE)),
                modesBySuite(),
                duration(DEDUP_EVENT_ID_RETENTION),
                duration(DEDUP_VISIT_RETENTION),
                duration(DEDUP_HIT_ID_RETENTION));
        Map<String, String> registry = texts.entrySet().stream()
                .filter(setting -> REGISTRY_SETTINGS.contains(setting.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        registry.put(REGISTRY_URL, string(REGISTRY_URL));
        Map<String, String> kafka = withPrefix(KAFKA_PREFIX);
        kafka.put("bootstrap.servers", string(BOOTSTRAP_SERVERS));
        return new Settings(
                string(APPLICATION_ID),
                string(STATE_DIR),
                topics,
                hitRules(),
                new Settings.Rolling(windows(), intervals(), duration(GRACE)),
                pace,
                deduplication,
                registry,
                kafka);
    }

    private HitRules hitRules() {
        try {
            HitRules rules = HitRules.defaults()
                    .withCheckoutEvents(new LinkedHashSet<>(list(CHECKOUT_EVENTS)))
                    .withDimensions(list(DIMENSIONS))
                    .withFields(withPrefix(FIELDS_PREFIX))
                    .withReportSuites(new LinkedHashSet<>(list(REPORT_SUITES)));
            return values.get(CHECKOUT_MAX_INCREMENT) instanceof Long most ? rules.withMaxIncrement(most) : rules;
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return HitRules.defaults();
        }
    }

    private List<Window> windows() {
        List<Window> windows = new ArrayList<>();
        for (String text : list(WINDOWS)) {
            try {
                windows.add(WindowText.parse(text));
            } catch (IllegalArgumentException e) {
                problems.add(WINDOWS + ": " + e.getMessage());
            }
        }
        return windows;
    }

    private List<Long> intervals() {
        List<Long> widths = new ArrayList<>();
        for (String text : list(INTERVALS)) {
            try {
                widths.add(WindowText.parseWidth("interval", text).toMillis());
            } catch (IllegalArgumentException e) {
                problems.add(INTERVALS + ": " + e.getMessage());
            }
        }
        return widths;
    }

    private Map<String, DedupMode> modesBySuite() {
        Map<String, DedupMode> modes = new HashMap<>();
        withPrefix(DEDUP_MODE_PREFIX).forEach((suite, text) -> {
            try {
                modes.put(suite, DedupMode.ofText(text.trim()));
            } catch (IllegalArgumentException e) {
                problems.add(DEDUP_MODE_PREFIX + suite + ": " + e.getMessage());
            }
        });
        return modes;
    }

    private Map<String, String> withPrefix(String prefix) {
        return texts.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(prefix))
                .collect(Collectors.toMap(setting -> setting.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    /** The value, or an empty text when it was refused: its problem is known then. */
    private String string(String name) {
        return String.valueOf(values.getOrDefault(name, ""));
    }

    private Duration duration(String name) {
        String text = string(name);
        return text.isEmpty() ? Duration.ZERO : Durations.parse(text);
    }

    private List<String> list(String name) {
        if (!(values.get(name) instanceof List<?> parts)) {
            return List.of();
        }
        return parts.stream().map(part -> String.valueOf(part).trim()).toList();
    }
}
