package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.BrokerAndRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PartitionsIT {
    private static final String HAS_CHANGED = "the input topic has 3 partitions and had 2 when the stored counts began";

    @RegisterExtension
    final BrokerAndRegistry cluster = BrokerAndRegistry.withPartitions(2);

    @TempDir
    Path folder;

    @Test
    void inputTopicThatGetsMorePartitions_stopsTheJob_andEveryNextStart_sayingWhatToDo() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.brokers()))) {
            ConfiguredJob configured = ConfiguredJob.in(folder, cluster.settings());
            try (CommandProcess job = configured.run()) {
                job.awaitRunning();
                admin.createPartitions(Map.of("hits", NewPartitions.increaseTo(3)))
                        .all()
                        .get();
                assertStopped(job, HAS_CHANGED);
            }
            try (CommandProcess again = configured.run()) {
                assertStopped(again, HAS_CHANGED);
            }
        }
    }

    @Test
    void inputTopicThatIsDeletedAndMadeAnew_stopsTheJob_sayingWhatToDo() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.brokers()));
                CommandProcess job =
                        ConfiguredJob.in(folder, cluster.settings()).run()) {
            job.awaitRunning();
            admin.deleteTopics(List.of("hits")).all().get();
            await().ignoreExceptions()
                    .until(() -> admin.createTopics(List.of(new NewTopic("hits", 2, (short) 1)))
                                    .all()
                                    .get()
                            == null);
            assertStopped(job, "\"hits\" was deleted, or deleted and made anew");
        }
    }

    private static void assertStopped(CommandProcess job, String why) {
        assertThat(JobAndOracle.lastWords(job)).contains(why, "application.id");
    }
}
