package io.checkoutmetrics.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Where settings come from, later over earlier: the defaults, a properties file, the environment
 * ({@code CHECKOUT_METRICS_TOPICS_INPUT} is {@code topics.input}), overrides of the command line.
 */
public final class SettingsSource {
    private static final String ENVIRONMENT_PREFIX = "CHECKOUT_METRICS_";

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Adds the settings of a properties file in UTF-8. */
    public SettingsSource file(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new InvalidSettingsException(
                    file + ": there is no such file. config/checkout-metrics.properties is a sample to begin with.");
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingsException(file + ": cannot be read as properties in UTF-8: " + e.getMessage());
        }
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return this;
    }

    /** Adds the settings that the environment names. */
    public SettingsSource environment(Map<String, String> environment) {
        Set<String> names = new LinkedHashSet<>(Definition.DEFINITION.names());
        names.addAll(Definition.REGISTRY_SETTINGS);
        for (String name : names) {
            String variable = ENVIRONMENT_PREFIX
                    + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            String value = environment.get(variable);
            if (value != null) {
                texts.put(name, value);
            }
        }
        String kafkaPrefix = ENVIRONMENT_PREFIX + "KAFKA_";
        environment.forEach((variable, value) -> {
            if (variable.startsWith(kafkaPrefix)) {
                String name = variable.substring(kafkaPrefix.length()).toLowerCase(Locale.ROOT);
                texts.put(Definition.KAFKA_PREFIX + name.replace('_', '.'), value);
            }
        });
        return this;
    }

    /** Adds one setting as {@code name=value}. */
    public SettingsSource assignment(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new InvalidSettingsException("\"" + assignment + "\" is no setting. Write name=value.");
        }
        return set(
                assignment.substring(0, equals).trim(),
                assignment.substring(equals + 1).trim());
    }

    /** Adds one setting. */
    public SettingsSource set(String name, String value) {
        texts.put(name, value);
        return this;
    }

    /**
     * The settings.
     *
     * @throws InvalidSettingsException with every problem there is
     */
    public Settings read() {
        return SettingsReader.read(texts);
    }
}
