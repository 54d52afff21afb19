package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/** Which settings hold secrets: those that are passwords, and those of which nothing is known. */
final class Secrets {
    private static final Pattern IN_URL = Pattern.compile("//[^/@,]*@");
    private static final String HIDDEN = "[hidden]";

    private Secrets() {}

    /** Whether a setting of this full name is for a secret. */
    static boolean isSecret(String name) {
        if (name.startsWith(KAFKA_PREFIX)) {
            String kafkas = name.substring(KAFKA_PREFIX.length());
            return KafkaSettings.isKnown(kafkas) && !KafkaSettings.isShown(kafkas);
        }
        if (name.startsWith(REGISTRY_TLS_PREFIX)) {
            String kafkas = name.substring("schema.registry.".length());
            return KafkaSettings.isKnown(kafkas) && !KafkaSettings.isShown(kafkas);
        }
        ConfigDef.ConfigKey key = DEFINITION.configKeys().get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }

    /** Settings of Kafka, without their prefix, to be shown to anybody. */
    static Map<String, String> ofKafka(Map<String, String> kafka) {
        Map<String, String> shown = new TreeMap<>(kafka);
        shown.replaceAll((name, value) -> KafkaSettings.isShown(name) ? value : HIDDEN);
        return shown;
    }

    /** Settings of the registry to be shown to anybody. */
    static Map<String, String> ofRegistry(Map<String, String> registry) {
        Map<String, String> shown = new TreeMap<>(registry);
        shown.replaceAll((name, value) -> {
            if (name.equals(REGISTRY_URL)) {
                return IN_URL.matcher(value).replaceAll("//" + HIDDEN + "@");
            }
            return DEFINITION.names().contains(name) && !isSecret(name) ? value : HIDDEN;
        });
        return shown;
    }
}
