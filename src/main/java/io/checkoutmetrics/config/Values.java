package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;

/** Texts of settings, and the values of those that are within their bounds; what is wrong with the others is kept. */
final class Values {
    private final Map<String, String> texts;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    /** Checks names, and every value by itself. */
    Values(Map<String, String> texts) {
        this.texts = texts;
        validate();
    }

    List<String> problems() {
        return problems;
    }

    void problem(String line) {
        problems.add(line);
    }

    Map<String, String> texts() {
        return texts;
    }

    /** Whether the setting has a value that it can have, its own or the default. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether the setting was written with a value that it cannot have. */
    boolean isRefused(String name) {
        return refused.contains(name);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    Object value(String name) {
        return values.getOrDefault(name, "");
    }

    private void validate() {
        for (ConfigValue value : DEFINITION.validate(texts)) {
            if (!value.errorMessages().isEmpty()) { // those after the first only follow from it
                String message = value.errorMessages().get(0);
                String line = message.replace("Configuration '" + value.name() + "'", value.name() + ":")
                        .replaceFirst(
                                "^Invalid value (.*) for configuration " + Pattern.quote(value.name()) + ": ",
                                "\"$1\" cannot be used. ");
                problems.add(line.startsWith(value.name()) ? line : value.name() + ": " + line);
                refused.add(value.name());
            }
            if (value.value() != null && value.errorMessages().isEmpty()) {
                values.put(value.name(), value.value());
            }
        }
        texts.keySet().stream()
                .filter(name -> !UnknownNames.isKnown(name))
                .forEach(name -> problems.add(UnknownNames.problem(name)));
        withPrefix(KAFKA_PREFIX).entrySet().stream()
                .filter(setting -> !DEFINITION.names().contains(KAFKA_PREFIX + setting.getKey()))
                .flatMap(setting -> KafkaSettings.problem(setting.getKey(), setting.getValue()).stream())
                .forEach(problems::add);
    }

    /** Elements of a list, each named once, however it is written: 60s is 1m. */
    <T> List<T> distinct(String name, Function<String, T> parser) {
        List<T> elements = new ArrayList<>();
        for (String text : list(name)) {
            try {
                T element = parser.apply(text);
                if (elements.contains(element)) {
                    problems.add(name + ": " + text + " is there already, written otherwise. Name each once.");
                }
                elements.add(element);
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        }
        return elements;
    }

    Map<String, String> withPrefix(String prefix) {
        return texts.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(prefix))
                .collect(Collectors.toMap(setting -> setting.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    /** The value, or an empty text when it was refused: its problem is known then. */
    String string(String name) {
        return String.valueOf(values.getOrDefault(name, ""));
    }

    /** The value, or 0 when it was refused. */
    long number(String name) {
        return values.get(name) instanceof Long number ? number : 0;
    }

    Duration duration(String name) {
        String text = string(name);
        return text.isEmpty() ? Duration.ZERO : Durations.parse(text);
    }

    /** From 0 to 1; the whole where it is off or was refused. */
    double share(String name) {
        String text = string(name);
        return text.isEmpty() || text.equals(OFF) ? 1 : Shares.parse(text);
    }

    List<String> list(String name) {
        if (!(values.get(name) instanceof List<?> parts)) {
            return List.of();
        }
        return parts.stream().map(part -> String.valueOf(part).trim()).toList();
    }
}
