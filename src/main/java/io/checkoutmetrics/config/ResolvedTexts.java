package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings as written, and as they read once Kafka's config providers have put secrets in the place of references such
 * as {@code ${file:/run/secrets:password}}. What a provider gave is never shown.
 */
final class ResolvedTexts {
    private final Map<String, String> written;
    private final Map<String, String> texts = new TreeMap<>();
    private final List<String> problems;

    ResolvedTexts(Map<String, String> written) {
        this.written = written;
        try (References references = new References(written)) {
            written.forEach((name, value) -> {
                String text = references.resolve(name, value);
                texts.put(name, isOurs(name) || isTrimmedByKafka(name) ? text.trim() : text);
            });
            problems = List.copyOf(references.problems());
        }
    }

    private static boolean isOurs(String name) {
        return DEFINITION.names().contains(name) || name.startsWith(FIELDS_PREFIX);
    }

    /** Kafka itself leaves the blanks off where it reads a value, but not everybody who asks for it is Kafka. */
    private static boolean isTrimmedByKafka(String name) {
        return name.startsWith(KAFKA_PREFIX) && KafkaSettings.isTrimmed(name.substring(KAFKA_PREFIX.length()));
    }

    Map<String, String> texts() {
        return texts;
    }

    /** What is wrong with providers and references. */
    List<String> problems() {
        return problems;
    }

    /** The problem, without the value when that came from a provider. */
    String withoutSecret(String problem) {
        String name = problem.substring(0, Math.max(0, problem.indexOf(": ")));
        String text = written.getOrDefault(name, "");
        return text.trim().equals(texts.getOrDefault(name, "").trim())
                ? problem
                : name + ": what is behind " + text + " cannot be used. It is not shown, since it may be a secret.";
    }
}
