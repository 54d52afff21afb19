package io.checkoutmetrics.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/** Settings that belong together, added to a definition in the order in which they are to be read. */
final class Subject {
    private final ConfigDef definition;
    private final String title;
    private int order;

    Subject(ConfigDef definition, String title) {
        this.definition = definition;
        this.title = title;
    }

    Subject text(String name, String byDefault, ConfigDef.Validator bounds, Importance importance, String meaning) {
        return define(name, Type.STRING, byDefault, bounds, importance, meaning);
    }

    Subject list(String name, String byDefault, ConfigDef.Validator bounds, Importance importance, String meaning) {
        return define(name, Type.LIST, byDefault, bounds, importance, meaning);
    }

    Subject number(String name, long byDefault, long least, Importance importance, String meaning) {
        return define(name, Type.LONG, byDefault, ConfigDef.Range.atLeast(least), importance, meaning);
    }

    Subject flag(String name, boolean byDefault, Importance importance, String meaning) {
        return define(name, Type.BOOLEAN, byDefault, null, importance, meaning);
    }

    Subject secret(String name, ConfigDef.Validator bounds, Importance importance, String meaning) {
        return define(name, Type.PASSWORD, "", bounds, importance, meaning);
    }

    /** Settings that another definition brings, except those that are there already. */
    Subject all(ConfigDef others) {
        others.configKeys().values().stream()
                .filter(key -> !definition.names().contains(key.name))
                .forEach(key ->
                        define(key.name, key.type, key.defaultValue, key.validator, key.importance, key.documentation));
        return this;
    }

    @SuppressWarnings("NullAway") // Kafka's class is not annotated: without bounds, and without default, it takes null
    private Subject define(
            String name,
            Type type,
            @Nullable Object byDefault,
            ConfigDef.@Nullable Validator bounds,
            Importance importance,
            String meaning) {
        definition.define(
                name, type, byDefault, bounds, importance, meaning, title, order++, ConfigDef.Width.MEDIUM, name);
        return this;
    }
}
