package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.Patience;
import io.checkoutmetrics.oracle.Timelines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that bring their own Kafka leave nothing behind, however they end. */
class LeftoversIT {
    private static final Duration PATIENCE = Patience.LONG;

    @TempDir
    Path folder;

    private List<Path> temporary() {
        try (Stream<Path> files = Files.walk(CommandProcess.temporaryFiles(folder), 2)) {
            return files.skip(1).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(folder); // something is being deleted just now
        }
    }

    private boolean isCounting() {
        return temporary().stream().anyMatch(path -> path.endsWith("state"));
    }

    @Test
    void demo_showsItsNumbers_andIsGone() {
        try (CommandProcess demo = CommandProcess.start(folder, "demo", "--duration", "5s")) {
            assertThat(demo.exitCode()).as(demo.err()).isZero();
            assertThat(demo.out()).contains("  1m: ");
            assertThat(demo.err().lines())
                    .as("what starts, where the page is, where Kafka is")
                    .hasSize(4)
                    .last(InstanceOfAssertFactories.STRING)
                    .matches("export KAFKA=127\\.0\\.0\\.1:\\d+ REGISTRY=http://127\\.0\\.0\\.1:\\d+");
        }
        assertThat(temporary()).isEmpty();
    }

    @Test
    void demoToldToStop_isGone() {
        try (CommandProcess demo = CommandProcess.start(folder, "demo")) {
            await().atMost(PATIENCE).until(() -> !demo.out().isEmpty());
            demo.stop();
            demo.stop();
            assertThat(demo.exitCode()).as(demo.err()).isZero();
        }
        assertThat(temporary()).isEmpty();
    }

    @Test
    void replayToldToStop_saysNothingWrong_andIsGone() throws IOException {
        Files.write(folder.resolve("hits.jsonl"), Timelines.hits(5, 20_000));
        try (CommandProcess replay = CommandProcess.start(folder, "replay", "--format", "jsonl", "hits.jsonl")) {
            await().atMost(PATIENCE).until(this::isCounting);
            replay.stop();
            assertThat(replay.exitCode())
                    .as("128 + SIGTERM: the result is missing")
                    .isEqualTo(143);
            assertThat(replay.out()).isEmpty();
        }
        assertThat(temporary()).isEmpty();
    }

    @Test
    void replayWhoseReaderGoesAway_ends() throws IOException {
        Files.write(folder.resolve("hits.jsonl"), Timelines.hits(6, 3_000));
        try (CommandProcess replay = CommandProcess.startForHead(folder, "replay", "--format", "jsonl", "hits.jsonl")) {
            assertThat(replay.exitCode()).isZero();
            assertThat(replay.outLines()).hasSize(1);
            assertThat(replay.err()).doesNotContain("\tat ");
        }
        assertThat(temporary()).isEmpty();
    }
}
