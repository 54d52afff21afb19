package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.PROVIDERS_PREFIX;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.utils.Utils;

/**
 * Kafka's config providers, which stand for secrets: {@code ${file:/run/secrets/kafka.properties:password}}. Kafka's own
 * must be told where they may look, so that a setting cannot make the job read any file there is.
 */
final class References implements AutoCloseable {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}:]+):[^}]*}");
    private static final String ALLOWED_PATHS = FileConfigProvider.ALLOWED_PATHS_CONFIG;
    private static final String ALLOWED_NAMES = EnvVarConfigProvider.ALLOWLIST_PATTERN_CONFIG;

    private final Map<String, String> written;
    private final List<String> names;
    private final Map<String, ConfigProvider> providers = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** @param written settings as they stand in the file */
    References(Map<String, String> written) {
        this.written = written;
        names = Pattern.compile(",")
                .splitAsStream(written.getOrDefault(PROVIDERS_PREFIX, ""))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
        names.forEach(this::open);
    }

    /** Whether there is a reference in a text. */
    static boolean isIn(String text) {
        return REFERENCE.matcher(text).find();
    }

    /** What is wrong with the providers, and with the references resolved so far; one line each. */
    List<String> problems() {
        return problems;
    }

    /** The text with what its references stand for; as it was where there is a problem. */
    String resolve(String setting, String text) {
        if (setting.startsWith(PROVIDERS_PREFIX) || !isIn(text)) {
            return text;
        }
        String found;
        try {
            found = new ConfigTransformer(providers)
                    .transform(Map.of(setting, text))
                    .data()
                    .getOrDefault(setting, text);
        } catch (RuntimeException e) { // providers may be anybody's code
            problems.add(setting + ": " + text + " cannot be read: " + e.getMessage() + ". Correct the reference.");
            return text;
        }
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            if (found.contains(reference.group())) {
                unresolved(setting, reference.group(), reference.group(1));
            }
        }
        return found;
    }

    private void unresolved(String setting, String reference, String provider) {
        if (!names.contains(provider)) {
            problems.add(setting + ": " + reference + " names a config provider that is not there. Add " + provider
                    + " to " + PROVIDERS_PREFIX + ", and its class as " + name(provider, "class") + ".");
        } else if (providers.containsKey(provider)) {
            problems.add(setting + ": there is nothing behind " + reference
                    + ", or it may not be read. Correct the reference, or add what it names, or allow it in "
                    + name(provider, "param.*") + ".");
        }
    }

    private void open(String provider) {
        String className = written.getOrDefault(name(provider, "class"), "").trim();
        if (className.isEmpty()) {
            problems.add(name(provider, "class") + ": is not set. Kafka's own are " + FileConfigProvider.class.getName()
                    + ", DirectoryConfigProvider and EnvVarConfigProvider.");
            return;
        }
        String parameters = name(provider, "param.");
        Map<String, String> configs = written.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(parameters))
                .collect(Collectors.toMap(
                        setting -> setting.getKey().substring(parameters.length()), Map.Entry::getValue));
        try {
            ConfigProvider opened = Utils.newInstance(className, ConfigProvider.class);
            if (isFenced(provider, opened, configs)) {
                opened.configure(configs);
                providers.put(provider, opened);
            }
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            problems.add(name(provider, "class") + ": " + className + " cannot be used: " + e.getMessage()
                    + ". Name a class that implements Kafka's ConfigProvider, and correct its parameters.");
        }
    }

    private boolean isFenced(String provider, ConfigProvider opened, Map<String, String> configs) {
        boolean readsFiles = opened instanceof FileConfigProvider || opened instanceof DirectoryConfigProvider;
        if (readsFiles && configs.getOrDefault(ALLOWED_PATHS, "").isBlank()) {
            problems.add(name(provider, "param." + ALLOWED_PATHS)
                    + ": is not set. Name the folders that may be read, such as /run/secrets.");
            return false;
        }
        if (opened instanceof EnvVarConfigProvider
                && configs.getOrDefault(ALLOWED_NAMES, "").isBlank()) {
            problems.add(name(provider, "param." + ALLOWED_NAMES)
                    + ": is not set. Say which variables may be read, such as CHECKOUT_METRICS_SECRET_.*");
            return false;
        }
        return true;
    }

    private static String name(String provider, String part) {
        return PROVIDERS_PREFIX + "." + provider + "." + part;
    }

    @Override
    public void close() {
        providers.values().forEach(provider -> Utils.closeQuietly(provider, "config provider"));
    }
}
