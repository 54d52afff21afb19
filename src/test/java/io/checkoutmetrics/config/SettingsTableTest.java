package io.checkoutmetrics.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** The README's table of settings is written from their definition: by this test, when it is told to. */
class SettingsTableTest {
    private static final Path README = Path.of("README.md");
    private static final String COMMAND = "mvn -q test -Dtest=SettingsTableTest -Dsettings.write=true";
    private static final String BEGIN = "<!-- settings: written by " + COMMAND + " -->";
    private static final String END = "<!-- end of settings -->";

    @Test
    void readme_listsEverySetting_asItIsDefined() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        assertThat(begin).as("README.md has \"" + BEGIN + "\"").isNotNegative();
        assertThat(end).as("README.md has \"" + END + "\"").isGreaterThan(begin);
        String expected = readme.substring(0, begin) + BEGIN + "\n\n" + tables() + "\n" + readme.substring(end);
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(README, expected);
        } else {
            assertThat(readme)
                    .as("The settings have changed, and README.md does not say so. Run: " + COMMAND)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everySetting_saysWhatItMeans_andBelongsToASubject() {
        assertThat(Definition.DEFINITION.configKeys().values()).allSatisfy(key -> {
            assertThat(key.documentation).as(key.name).endsWith(".");
            assertThat(key.group).as(key.name).isNotBlank();
            assertThat(bounds(key)).as(key.name).doesNotContain("Lambda").doesNotContain("@");
        });
    }

    private static String tables() {
        Map<String, List<String>> bySubject = new LinkedHashMap<>();
        Definition.DEFINITION
                .configKeys()
                .values()
                .forEach(key -> bySubject
                        .computeIfAbsent(key.group, none -> new ArrayList<>())
                        .add(row("`" + key.name + "`", byDefault(key), bounds(key), key.documentation)));
        StringBuilder tables = new StringBuilder();
        bySubject.forEach((subject, rows) -> tables.append("**")
                .append(subject)
                .append("**\n\n| Setting | Default | May be | Meaning |\n|---|---|---|---|\n")
                .append(String.join("", rows))
                .append("\n"));
        tables.append("**Names that go on as you like**\n\n| Setting | Meaning |\n|---|---|\n");
        new TreeMap<>(Definition.PREFIX_MEANINGS)
                .forEach((prefix, meaning) -> tables.append("| `")
                        .append(prefix)
                        .append("…` | ")
                        .append(escaped(meaning))
                        .append(" |\n"));
        return tables.toString();
    }

    private static String row(String name, String byDefault, String bounds, String meaning) {
        return "| " + name + " | " + byDefault + " | " + escaped(bounds) + " | " + escaped(meaning) + " |\n";
    }

    private static String byDefault(ConfigDef.ConfigKey key) {
        Object value = key.defaultValue;
        if (value == null || key.type == ConfigDef.Type.PASSWORD) {
            return "";
        }
        String text = ConfigDef.convertToString(value, key.type);
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String bounds(ConfigDef.ConfigKey key) {
        return switch (key.type) {
            case BOOLEAN -> "`true`, `false`";
            case INT, LONG -> range(key.validator);
            default -> key.validator == null ? "" : key.validator.toString();
        };
    }

    /** Kafka writes {@code [1,...,10]}. */
    private static String range(ConfigDef.Validator validator) {
        String text = String.valueOf(validator).replaceAll("[\\[\\]]", "");
        return text.endsWith(",...")
                ? text.substring(0, text.length() - 4) + " or more"
                : text.replace(",...,", " to ");
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
