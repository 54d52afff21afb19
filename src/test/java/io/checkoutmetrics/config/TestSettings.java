package io.checkoutmetrics.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;

/** Settings from assignments, and the problems of those that are none. */
final class TestSettings {
    private TestSettings() {}

    static Settings read(String... assignments) {
        return source(assignments).read();
    }

    static List<String> problems(String... assignments) {
        return Objects.requireNonNull(
                        catchThrowableOfType(InvalidSettingsException.class, () -> read(assignments)),
                        "settings were expected to be refused")
                .problems();
    }

    private static SettingsSource source(String... assignments) {
        SettingsSource source = new SettingsSource();
        for (String assignment : assignments) {
            String[] parts = assignment.split("=", 2);
            source.set(parts[0], parts[1]);
        }
        return source;
    }
}
