package io.checkoutmetrics.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docker-compose.yml and the Dockerfile name is there. Whether containers come of it takes Docker. */
class ComposeFileTest {
    private static final Pattern VARIABLE =
            Pattern.compile("(?m)^(?:ENV| +) ?(CHECKOUT_METRICS_[A-Z_]+)[:=] ?\"?([^\"\\n]+)\"?$");

    private final String compose = read("docker-compose.yml");
    private final String dockerfile = read("config/Dockerfile");
    private final String pom = read("pom.xml");

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void everyVariableOfTheJob_changesASetting() {
        List<MatchResult> variables = Stream.of(compose, dockerfile)
                .flatMap(text -> VARIABLE.matcher(text).results())
                .toList();
        assertThat(variables).hasSize(4);
        for (MatchResult variable : variables) {
            Settings settings = new SettingsSource()
                    .environment(Map.of(variable.group(1), variable.group(2)))
                    .read();
            assertThat(settings).as(variable.group()).isNotEqualTo(TestSettings.read());
        }
    }

    @Test
    void everyFileIsThere() {
        List<String> files = Stream.of(
                        found("dockerfile: (\\S+)", compose).stream(),
                        found("(?m)^COPY (?!--from)(\\S+) ", dockerfile).stream())
                .flatMap(stream -> stream)
                .toList();
        assertThat(files)
                .hasSize(6)
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
        assertThat(found("COPY --from=build /src/target/(\\S+) ", dockerfile))
                .containsExactly(found("<finalName>([^<]+)<", pom).get(0) + ".jar");
    }

    @Test
    void versionsAreThoseOfTheBuild() {
        assertThat(found("image: apache/kafka:(\\S+)", compose))
                .containsExactlyElementsOf(found("<kafka.version>([^<]+)<", pom));
        assertThat(found("image: apicurio/\\S+:(\\S+)", compose))
                .containsExactlyElementsOf(found("<apicurio.version>([^<]+)<", pom));
        assertThat(found("eclipse-temurin[:-]([0-9]+)", dockerfile))
                .containsOnly(found("<maven.compiler.release>([^<]+)<", pom).get(0));
    }

    @Test
    void signalsReachTheJob_whichIsNotRoot() {
        assertThat(found("(?m)^ENTRYPOINT (.)", dockerfile)).containsExactly("[");
        assertThat(found("(?m)^USER (\\S+)", dockerfile)).hasSize(1).doesNotContain("root");
    }

    @Test
    void whatADependencyOrAnAddressNames_isAService() {
        List<String> services = found("(?m)^  ([a-z]+):$", compose);
        assertThat(services).contains("kafka", "registry", "job");
        assertThat(found("(?m)^      ([a-z]+):\\n        condition", compose))
                .isNotEmpty()
                .isSubsetOf(services);
        assertThat(found("(?m): (?:http://)?([a-z]+):[0-9]+(?:/\\S*)?$", compose))
                .isNotEmpty()
                .isSubsetOf(services);
    }
}
