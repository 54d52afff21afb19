package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stream threads die of a plug-in, in a process as a user starts it. */
class DyingThreadsIT {
    private static final String REPLACED = "a stream thread died and is replaced: a bug of mine";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"exception, 3, a bug of mine", "error, 0, too deep for me"})
    void threadThatDies_isReplacedThreeTimesOrNotAtAll_thenTheProcessEnds(String failing, int replaced, String why)
            throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            JobAndOracle oracle = new JobAndOracle(folder, kafka.bootstrapServers(), registry.url());
            oracle.createTopics(1);
            oracle.send(40);
            Path config = oracle.config("value.serializer=" + FailingSerializer.class.getName());
            String classes = Path.of(FailingSerializer.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
            String line = "java -Dfailing=" + failing + " -cp " + System.getProperty("job.jar") + File.pathSeparator
                    + classes + " " + Main.class.getName() + " run --config " + config;
            try (CommandProcess job = CommandProcess.shell(folder, Map.of(), line)) {
                assertThat(job.exitCode()).as(job.err()).isEqualTo(1);
                assertThat(job.err().lines().filter(one -> one.contains(REPLACED)))
                        .as(job.err())
                        .hasSize(replaced);
                assertThat(job.err().lines().reduce("", (before, last) -> last)).isEqualTo("the job failed: " + why);
            }
        }
    }
}
