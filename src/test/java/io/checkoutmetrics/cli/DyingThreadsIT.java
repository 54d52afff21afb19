package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.ShortLivedJvm;
import io.checkoutmetrics.embedded.BrokerAndRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Stream threads die of a plug-in, in a process as a user starts it. */
class DyingThreadsIT {
    private static final String REPLACED = "a stream thread died and is replaced: a bug of mine";

    @RegisterExtension
    static final BrokerAndRegistry CLUSTER = new BrokerAndRegistry();

    @TempDir
    Path folder;

    @Test
    void threadThatDies_isReplacedThreeTimes_orNotAtAllAfterAnError_thenTheProcessEnds_andNothingIsLost()
            throws Exception {
        JobAndOracle oracle = new JobAndOracle(folder, CLUSTER.brokers(), CLUSTER.registryUrl());
        oracle.createTopics(1);
        oracle.send(40);
        Path config = oracle.config();
        try (CommandProcess job = runFailing(config, "error")) {
            assertThat(job.exitCode()).as(job.err()).isEqualTo(1);
            assertThat(job.err()).doesNotContain("is replaced");
            assertThat(job.err().lines()).last().isEqualTo("the job failed: too deep for me");
        }
        try (CommandProcess job = runFailing(config, "exception")) {
            assertThat(job.exitCode()).as(job.err()).isEqualTo(1);
            assertThat(job.err().lines().filter(one -> one.contains(REPLACED)))
                    .as(job.err())
                    .hasSize(3);
            assertThat(job.err().lines()).last().isEqualTo("the job failed: a bug of mine");
        }
        try (CommandProcess job = oracle.run(config)) {
            await().until(() -> !job.isRunning() || oracle.hitsCommitted() >= oracle.hitsSent());
            oracle.assertExact(job);
            JobAndOracle.stop(job);
        }
    }

    private CommandProcess runFailing(Path config, String how) {
        return CommandProcess.shell(
                folder,
                Map.of(),
                "java -Dfailing=" + how + " -cp " + ShortLivedJvm.classPath() + " " + Main.class.getName()
                        + " run --config " + config + " --set value.serializer=" + FailingSerializer.class.getName());
    }
}
