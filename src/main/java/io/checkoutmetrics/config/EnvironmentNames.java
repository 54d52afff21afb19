package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Environment variables that stand for settings: {@code CHECKOUT_METRICS_TOPICS_INPUT} for {@code topics.input}. */
final class EnvironmentNames {
    private static final String PREFIX = "CHECKOUT_METRICS_";

    /** For config providers to read, or put there by Kubernetes for services whose names begin with checkout-metrics. */
    private static final Pattern NO_SETTING = Pattern.compile(PREFIX
            + "(SECRET_.*|(.*_)?SERVICE_(HOST|PORT(_.*)?)|(.*_)?PORT(_[0-9]+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)?)");

    /** Of settings that may have any name in small letters and dots. */
    private static final List<String> OPEN_PREFIXES =
            List.of(KAFKA_PREFIX, REGISTRY_TLS_PREFIX, PROVIDERS_PREFIX + ".");

    private static final Map<String, String> SETTINGS = settings();

    private EnvironmentNames() {}

    /** Whether a variable can only be meant to be a setting. */
    static boolean isOne(String variable) {
        return variable.startsWith(PREFIX) && !NO_SETTING.matcher(variable).matches();
    }

    static Optional<String> settingOf(String variable) {
        String known = SETTINGS.get(variable);
        return known != null
                ? Optional.of(known)
                : OPEN_PREFIXES.stream()
                        .filter(prefix -> variable.startsWith(variable(prefix))
                                && variable.length() > variable(prefix).length())
                        .map(prefix -> variable.substring(PREFIX.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'))
                        .findFirst();
    }

    static String unknown(String variable) {
        if (variable.startsWith(variable(DEDUP_MODE_PREFIX))) {
            return variable + ": a variable cannot tell eu-shop from eu.shop. Set " + DEDUP_MODE_PREFIX
                    + "<suite> in the file.";
        }
        return variable + ": there is no such setting. Did you mean " + NearestName.of(variable, SETTINGS.keySet())
                + "?";
    }

    /** The variable of a setting. */
    static String variable(String setting) {
        return PREFIX + setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        DEFINITION.names().forEach(name -> settings.put(variable(name), name));
        HIT_FIELDS.forEach(field -> settings.put(variable(FIELDS_PREFIX + field), FIELDS_PREFIX + field));
        KafkaSettings.known().forEach(name -> settings.put(variable(KAFKA_PREFIX + name), KAFKA_PREFIX + name));
        settings.put(variable(PROVIDERS_PREFIX), PROVIDERS_PREFIX);
        return settings;
    }
}
