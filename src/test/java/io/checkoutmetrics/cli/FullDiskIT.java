package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of {@code state.dir} is full: a small file system of its own, which only root may mount. Else skipped. */
class FullDiskIT {
    private static final int HITS = 30_000;

    @TempDir
    Path folder;

    private Path disk;
    private boolean isMounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        isMounted = System.getProperty("os.name").equals("Linux")
                && command("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString()) == 0;
        assumeThat(isMounted)
                .as("a small file system can be mounted, which takes root")
                .isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (isMounted) {
            assertThat(command("umount", disk.toString())).isZero();
        }
    }

    @Test
    void fullDisk_stopsTheJob_sayingSo_andEverythingIsExactOnceThereIsSpace() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            JobAndOracle oracle = new JobAndOracle(folder, kafka.bootstrapServers(), registry.url());
            oracle.createTopics(2);
            Path config = oracle.config("state.memory.mb=16");
            String[] onTheDisk = {"--set", "state.dir=" + disk.resolve("state")};
            try (CommandProcess job = oracle.run(config, onTheDisk)) {
                oracle.send(200);
                oracle.awaitCounts(job);
                await().until(() -> Files.exists(reserve()));
                fill(disk.resolve("others"));
                await("memory holds the state for a while")
                        .atMost(JobAndOracle.PATIENCE)
                        .until(() -> {
                            oracle.send(job.isRunning() ? HITS : 0);
                            return !job.isRunning();
                        });
                assertThat(JobAndOracle.lastWords(job))
                        .startsWith("the job failed: the disk of state.dir is full")
                        .contains("Free some space");
                assertThat(job.err())
                        .as("its stores were closed")
                        .containsPattern("(ERROR|NOT_RUNNING) [(]was PENDING_");
                assertThat(reserve()).doesNotExist();
            }
            fill(disk.resolve("more"));
            try (CommandProcess job = oracle.run(config, onTheDisk)) {
                assertThat(JobAndOracle.lastWords(job))
                        .startsWith("the job cannot start: the disk of state.dir is full");
            }
            Files.delete(disk.resolve("more"));
            Files.delete(disk.resolve("others"));
            try (CommandProcess job = oracle.run(config, onTheDisk)) {
                await().atMost(JobAndOracle.PATIENCE)
                        .until(() -> !job.isRunning() || oracle.hitsCommitted() >= oracle.hitsSent());
                oracle.assertExact(job);
                JobAndOracle.stop(job);
            }
        }
    }

    private Path reserve() {
        return disk.resolve("state/checkout-metrics/disk-reserve");
    }

    /** Somebody else takes all the space there is. */
    private static void fill(Path file) throws IOException {
        byte[] some = new byte[65_536];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(some);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    private static int command(String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(JobAndOracle.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return process.exitValue();
    }
}
