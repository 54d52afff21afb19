package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.embedded.EmbeddedKafka;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionsIT {
    private static final String HAS_CHANGED = "the input topic has 3 partitions and had 2 when the stored counts began";

    @TempDir
    Path folder;

    @Test
    void inputTopicThatGetsMorePartitions_stopsTheJob_andEveryNextStart_sayingWhatToDo() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Map.of("num.partitions", "2"));
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Path config = config(kafka, registry);
            try (CommandProcess job = run(config)) {
                await().until(() -> job.err().contains("RUNNING (was"));
                admin.createPartitions(Map.of("hits", NewPartitions.increaseTo(3)))
                        .all()
                        .get();
                assertStopped(job, HAS_CHANGED);
            }
            try (CommandProcess again = run(config)) {
                assertStopped(again, HAS_CHANGED);
            }
        }
    }

    private Path config(EmbeddedKafka kafka, EmbeddedRegistry registry) throws IOException {
        return Files.write(
                folder.resolve("job.properties"),
                List.of(
                        "kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                        "schema.registry.url=" + registry.url(),
                        "topics.create=true",
                        "state.dir=" + folder.resolve("state")));
    }

    private CommandProcess run(Path config) {
        return CommandProcess.start(folder, "run", "--config", config.toString());
    }

    @Test
    void inputTopicThatIsDeletedAndMadeAnew_stopsTheJob_sayingWhatToDo() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Map.of("num.partitions", "2"));
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                CommandProcess job = run(config(kafka, registry))) {
            await().until(() -> job.err().contains("RUNNING (was"));
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
