package io.checkoutmetrics.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, later over earlier: the defaults, a properties file, the environment
 * ({@code CHECKOUT_METRICS_TOPICS_INPUT} is {@code topics.input}), overrides of the command line.
 */
public final class SettingsSource {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Adds the settings of a properties file in UTF-8. */
    public SettingsSource file(Path file) {
        Set<String> repeated = new TreeSet<>();
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized @Nullable Object put(Object name, Object value) {
                if (containsKey(name)) {
                    repeated.add(String.valueOf(name));
                }
                return super.put(name, value);
            }
        };
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new InvalidSettingsException(
                    file + ": there is no such file. config/checkout-metrics.properties is a sample to begin with.");
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingsException(file + ": cannot be read as properties in UTF-8: " + e.getMessage());
        }
        repeated.forEach(name -> problems.add(name + ": stands in " + file + " more than once. Keep one."));
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return this;
    }

    /** Adds the settings that the environment names. */
    public SettingsSource environment(Map<String, String> environment) {
        environment.keySet().stream()
                .filter(EnvironmentNames::isOne)
                .sorted()
                .forEach(variable -> EnvironmentNames.settingOf(variable)
                        .ifPresentOrElse(
                                name -> texts.put(name, environment.getOrDefault(variable, "")),
                                () -> problems.add(EnvironmentNames.unknown(variable))));
        return this;
    }

    /**
     * Adds one setting as {@code name=value}, from the command line: where everybody on the machine can read it, so a secret
     * is refused.
     */
    public SettingsSource assignment(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new InvalidSettingsException("\"" + assignment + "\" is no setting. Write name=value.");
        }
        String name = assignment.substring(0, equals).trim();
        String value = assignment.substring(equals + 1).trim();
        if (Secrets.isSecret(name) && !value.isEmpty() && !References.isIn(value)) {
            problems.add(name + ": everybody on this machine can read a command line. Put it into a file and write "
                    + "${file:PATH:KEY}, or into the variable " + EnvironmentNames.variable(name) + ".");
        }
        return set(name, value);
    }

    /** Adds one setting. */
    public SettingsSource set(String name, String value) {
        texts.put(name, value);
        return this;
    }

    /**
     * Another source, with only those of these settings that decide what counts, and when: the same rules, for hits that
     * come from elsewhere and name their fields as {@code Hit.avsc} does.
     */
    public SettingsSource rules() {
        SettingsSource rules = new SettingsSource();
        texts.forEach((name, text) -> {
            if (Definition.RULES.contains(name)
                    || name.startsWith(Definition.DEDUP_MODE_PREFIX)
                    || name.startsWith(Definition.PROVIDERS_PREFIX)) {
                rules.set(name, text);
            }
        });
        return rules;
    }

    /**
     * The settings.
     *
     * @throws InvalidSettingsException with every problem there is
     */
    public Settings read() {
        return SettingsReader.read(texts, problems);
    }
}
