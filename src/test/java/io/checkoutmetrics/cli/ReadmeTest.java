package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README claims nothing that the program does not know. */
class ReadmeTest {
    private static final String PROGRAM = "java -jar target/checkout-metrics.jar ";
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z][A-Za-z]+(?:IT|Test))`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    private final List<String> readme = lines();

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("README.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyCommand_isUnderstood() {
        List<String> commands = readme.stream()
                .filter(line -> line.startsWith(PROGRAM))
                .map(line -> line.substring(PROGRAM.length()))
                .toList();
        assertThat(commands).hasSizeGreaterThan(5);
        for (String command : commands) {
            assertThatCode(() -> Main.commandLine().parseArgs(command.split(" ")))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyTestThatIsNamed_isThere() throws IOException {
        Set<String> tests;
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            tests = all.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        List<String> named = readme.stream()
                .flatMap(line -> NAMED_TEST.matcher(line).results())
                .map(found -> found.group(1))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(20)
                .allSatisfy(test -> assertThat(tests).contains(test));
    }

    @Test
    void everyLink_leadsToAFile() {
        for (String line : readme) {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                assertThat(Path.of(link.group(1))).as(line).exists();
            }
        }
    }
}
