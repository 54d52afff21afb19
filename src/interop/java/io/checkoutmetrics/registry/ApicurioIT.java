package io.checkoutmetrics.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Confluent's own serializers and ours, through a real registry: Apicurio in a process of its own, in memory, on a free
 * port of loopback, by its Confluent-compatible API.
 */
class ApicurioIT extends ShadedConfluentContract {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

    @TempDir
    static Path folder;

    private static Process process;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        Path home = Path.of(System.getProperty("apicurio.home"));
        Path log = folder.resolve("apicurio.log");
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=0",
                        "-jar",
                        runner(home).toString()))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            url = Awaitility.await()
                            .atMost(Duration.ofSeconds(90))
                            .until(() -> address(Files.readString(log)), found -> !found.isEmpty())
                    + "/apis/ccompat/v7";
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw new IllegalStateException("Apicurio did not start:\n" + Files.readString(log), e);
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static Path runner(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            List<Path> runners = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .toList();
            assertThat(runners).hasSize(1);
            return runners.get(0);
        }
    }

    private static String address(String log) {
        assertThat(process.isAlive()).as(log).isTrue();
        Matcher listening = LISTENING.matcher(log);
        return listening.find() ? listening.group(1) : "";
    }

    @Override
    String registryUrl() {
        return url;
    }
}
