package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.Definition.*;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names that are no setting, and what may have been meant. */
final class UnknownNames {
    private static final Set<String> SUGGESTED = suggested();

    private UnknownNames() {}

    static boolean isKnown(String name) {
        return DEFINITION.names().contains(name)
                || name.equals(PROVIDERS_PREFIX)
                || PREFIXES.stream().anyMatch(prefix -> name.startsWith(prefix) && name.length() > prefix.length());
    }

    static String problem(String name) {
        String meant = DEFINITION.names().contains(KAFKA_PREFIX + name) || KafkaSettings.isKnown(name)
                ? KAFKA_PREFIX + name
                : NearestName.of(name, SUGGESTED);
        return name + ": there is no such setting. Did you mean " + meant
                + "? Settings of Kafka begin with \"kafka.\".";
    }

    private static Set<String> suggested() {
        Set<String> names = KafkaSettings.known().stream()
                .map(name -> KAFKA_PREFIX + name)
                .collect(Collectors.toCollection(TreeSet::new));
        names.addAll(DEFINITION.names());
        HIT_FIELDS.forEach(field -> names.add(FIELDS_PREFIX + field));
        names.add(PROVIDERS_PREFIX);
        return names;
    }
}
