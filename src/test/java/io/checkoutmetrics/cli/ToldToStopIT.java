package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.BrokerAndRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of what takes long. */
class ToldToStopIT {
    private static final int HITS = 20_000;
    private static final int SOME = 1_000;

    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    @TempDir
    Path folder;

    @Test
    void jobToldToStopWhileItCatchesUp_andWhileItRestoresItsState_endsCleanly_andIsExactAfterwards() throws Exception {
        JobAndOracle oracle = new JobAndOracle(folder, CLUSTER.brokers(), CLUSTER.registryUrl());
        oracle.createTopics(2);
        oracle.send(HITS);
        Path config = oracle.config();
        try (CommandProcess job = oracle.run(config, slowly("main"))) {
            await().until(() -> !job.isRunning() || oracle.hitsCommitted() > SOME);
            JobAndOracle.stop(job);
        }
        assertThat(oracle.hitsCommitted()).as("there was more to do").isLessThan(oracle.hitsSent());
        delete(folder.resolve("state"));
        try (CommandProcess job = oracle.run(config, slowly("restore"))) {
            await().until(() -> JobAndOracle.readiness(job).contains("restoring state"));
            JobAndOracle.stop(job);
        }
        try (CommandProcess job = oracle.run(config)) {
            oracle.assertExact(job);
            JobAndOracle.stop(job);
        }
    }

    /** Each fetch brings little, and waits half a second for more than it may bring. */
    private static String[] slowly(String consumer) {
        String prefix = "kafka." + consumer + ".consumer.";
        return Stream.of("max.partition.fetch.bytes=1000", "fetch.min.bytes=100000000", "fetch.max.wait.ms=500")
                .flatMap(setting -> Stream.of("--set", prefix + setting))
                .toArray(String[]::new);
    }

    private static void delete(Path state) throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
