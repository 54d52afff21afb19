package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Settings as written, and as they read once Kafka's config providers have put secrets in the place of references such
 * as
 * {@code ${file:/run/secrets:password}}. What a provider gave is never shown.
 */
final class ResolvedTexts {
    private final Map<String, String> written;
    private final Map<String, String> texts = new TreeMap<>();

    /** @throws InvalidSettingsException when a provider cannot be used */
    ResolvedTexts(Map<String, String> written) {
        this.written = written;
        resolve().forEach((name, value) -> {
            String text = String.valueOf(value);
            texts.put(name, isOurs(name) ? text.trim() : text);
        });
    }

    private Map<String, Object> resolve() {
        try {
            return new AbstractConfig(new ConfigDef(), written, false).originals();
        } catch (RuntimeException e) { // providers may be anybody's code
            throw new InvalidSettingsException(PROVIDERS_PREFIX + ": " + e.getMessage());
        }
    }

    private static boolean isOurs(String name) {
        return DEFINITION.names().contains(name) || name.startsWith(FIELDS_PREFIX);
    }

    Map<String, String> texts() {
        return texts;
    }

    /** A problem for every reference that its provider has nothing for. */
    List<String> unresolved() {
        List<String> providers = Arrays.stream(
                        texts.getOrDefault(PROVIDERS_PREFIX, "").split(","))
                .map(String::trim)
                .filter(provider -> !provider.isEmpty())
                .toList();
        return written.entrySet().stream()
                .filter(setting -> providers.stream().anyMatch(provider -> {
                    String text = texts.getOrDefault(setting.getKey(), "");
                    return text.equals(setting.getValue().trim()) && text.contains("${" + provider + ":");
                }))
                .map(setting -> setting.getKey() + ": there is nothing behind " + setting.getValue()
                        + ". Correct the reference, or add what it names.")
                .toList();
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
