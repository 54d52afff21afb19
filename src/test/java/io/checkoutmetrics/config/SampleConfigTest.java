package io.checkoutmetrics.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.registry.RegistryClient;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample configuration is complete, and says the truth about the defaults. */
class SampleConfigTest {
    private static final Path SAMPLE = Path.of("config", "checkout-metrics.properties");
    private static final Pattern DEFAULT = Pattern.compile("#([a-z.-]+=.*)");
    private static final Pattern EXAMPLE = Pattern.compile("#  (\\S+=.*)");
    private static final Map<String, String> OF_THE_SERIALIZER =
            Map.of("auto.register.schemas", "true", "use.latest.version", "false");
    private static final List<String> WITHOUT_DEFAULT = List.of(
            "basic.auth.credentials.source",
            "basic.auth.user.info",
            "bearer.auth.credentials.source",
            "bearer.auth.token");

    @TempDir
    Path secrets;

    private final Map<String, String> defaults = matching(DEFAULT);
    private final Map<String, String> examples = matching(EXAMPLE);

    private static Map<String, String> matching(Pattern line) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readAllLines(SAMPLE).stream()
                    .map(line::matcher)
                    .filter(match -> match.matches())
                    .map(match -> match.group(1))
                    .collect(Collectors.joining("\n"))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static Settings read(Map<String, String> texts) {
        SettingsSource source = new SettingsSource();
        texts.forEach(source::set);
        return source.read();
    }

    @Test
    void asItStands_itGivesTheDefaults() {
        assertThat(new SettingsSource().file(SAMPLE).read()).isEqualTo(TestSettings.read());
    }

    @Test
    void everythingUncommented_givesTheDefaultsToo() {
        Settings uncommented = read(defaults);
        assertThat(uncommented)
                .usingRecursiveComparison()
                .ignoringFields("registry")
                .isEqualTo(TestSettings.read());
        Map<String, Object> expected = new HashMap<>(RegistryClient.definition().defaultValues());
        expected.putAll(OF_THE_SERIALIZER);
        uncommented.registry().forEach((name, value) -> {
            if (!name.equals(Definition.REGISTRY_URL)) {
                assertThat(value).as(name).isEqualTo(String.valueOf(expected.get(name)));
            }
        });
    }

    @Test
    void everySettingIsThere() {
        TreeSet<String> withDefault = new TreeSet<>(Definition.DEFINITION.names());
        withDefault.addAll(Definition.REGISTRY_SETTINGS);
        WITHOUT_DEFAULT.forEach(withDefault::remove);
        assertThat(defaults.keySet()).containsExactlyInAnyOrderElementsOf(withDefault);
        assertThat(examples.keySet()).containsAll(WITHOUT_DEFAULT);
        for (String prefix : Definition.PREFIXES) {
            assertThat(examples.keySet()).as(prefix).anyMatch(name -> name.startsWith(prefix));
        }
    }

    @Test
    void everyExampleIsRead_secretsFromTheirFilesToo() throws IOException {
        Files.write(secrets.resolve("kafka.properties"), List.of("jaas=a.LoginModule required;"));
        Files.write(secrets.resolve("registry.properties"), List.of("user.info=me:secret", "token=t"));
        Files.write(secrets.resolve("http.properties"), List.of("token=0123456789abcdef"));
        examples.replaceAll((name, value) -> value.replace("/run/secrets", secrets.toString()));
        Settings settings = read(examples);
        assertThat(settings.hits().fields()).containsEntry("events", "post_event_list");
        assertThat(settings.deduplication().modeBySuite()).containsKey("my-app-suite");
        assertThat(settings.kafka()).containsEntry("sasl.jaas.config", "a.LoginModule required;");
        assertThat(settings.registry()).containsEntry("basic.auth.user.info", "me:secret");
    }
}
