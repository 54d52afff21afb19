package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that do not keep what they have to, have lost it, or are not the ones that they were. */
class PreflightTopicsIT {
    @RegisterExtension
    static final JobToCheck JOB = new JobToCheck();

    @ParameterizedTest
    @CsvSource({
        "topics.input, hits, cleanup.policy=compact, PROBLEM, is compacted",
        "topics.input, hits, retention.ms=60000, WARNING, keeps hits for PT1M",
        "topics.metrics, metrics, cleanup.policy=delete, WARNING, is not compacted",
        "topics.intervals, intervals, cleanup.policy=compact, PROBLEM, is compacted",
        "topics.dead-letters, dead-letters, cleanup.policy=compact, PROBLEM, is compacted",
        "topics.intervals, intervals, message.timestamp.type=CreateTime, WARNING, dates records by what they tell of"
    })
    void topicThatDoesNotKeepWhatItHasTo_isTold_withTheCommandThatMendsIt(
            String setting, String topic, String config, String outcome, String what) throws Exception {
        Settings settings = JOB.created();
        String[] change = config.split("=", 2);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, JOB.prefix() + topic);
        JOB.admin()
                .incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(new AlterConfigOp(new ConfigEntry(change[0], change[1]), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        await().untilAsserted(() -> assertThat(JOB.found(settings))
                .singleElement()
                .asString()
                .startsWith(outcome + " " + setting + ": \"" + JOB.prefix() + topic + "\" ")
                .contains(what)
                .contains("Run kafka-configs.sh --bootstrap-server " + JOB.brokers() + " --alter --topic "
                        + JOB.prefix() + topic + " --add-config " + change[0] + "="));
    }

    @Test
    void changelogThatIsNotCompacted_isRefused_atStartToo() throws Exception {
        Settings settings = JOB.created();
        JOB.topic("app-series-changelog", 1, "delete");
        assertThat(JOB.found(settings))
                .singleElement()
                .asString()
                .startsWith("PROBLEM internal topics: " + JOB.prefix() + "app-series-changelog has to be compacted");
        assertThatThrownBy(() -> Job.start(settings))
                .isInstanceOf(JobException.class)
                .hasMessageStartingWith(
                        "internal topics: " + JOB.prefix() + "app-series-changelog has to be compacted");
    }

    @ParameterizedTest
    @CsvSource({
        "app-seen-changelog, 'cleanup.policy=compact,delete', has to be compacted alone, cleanup.policy=compact",
        "app-counts-repartition, retention.ms=60000, keeps records for 60000 ms only, retention.ms=-1",
        "app-checkouts-repartition, retention.bytes=1000, keeps records for 1000 bytes only, retention.bytes=-1"
    })
    void internalTopicThatForgets_isRefused_withTheCommandThatMendsIt(
            String topic, String config, String what, String mended) throws Exception {
        Settings settings = JOB.created();
        JOB.internalTopics(settings);
        String[] change = config.split("=", 2);
        JOB.admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, JOB.prefix() + topic),
                        List.of(new AlterConfigOp(new ConfigEntry(change[0], change[1]), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        await().untilAsserted(() -> assertThat(JOB.found(settings))
                .singleElement()
                .asString()
                .startsWith("PROBLEM internal topics: " + JOB.prefix() + topic + " " + what)
                .contains("--alter --topic " + JOB.prefix() + topic + " --add-config " + mended));
        assertThatThrownBy(() -> Job.start(settings)).isInstanceOf(JobException.class);
    }

    @Test
    void repartitionTopicOfOtherPartitions_orCompacted_isRefused() throws Exception {
        Settings settings = JOB.created();
        JOB.topic("app-checkouts-repartition", 3, "compact");
        assertThat(JOB.found(settings))
                .hasSize(2)
                .anyMatch(line -> line.contains("the input topic has 1 partitions and had 3"))
                .anyMatch(line -> line.contains("must not be compacted"));
    }

    @Test
    void changelogsThatAreGone_afterTheJobHasBegun_areRefused() throws Exception {
        Settings settings = JOB.created();
        JOB.hits(1);
        JOB.committed(settings, 1);
        assertThat(JOB.found(settings))
                .singleElement()
                .asString()
                .startsWith("PROBLEM internal topics: ")
                .contains(JOB.prefix() + "app-series-changelog", "are gone, and what was counted with it.")
                .endsWith("Start anew under another application.id, with output topics of its own.");
    }

    /** As after a version that had none of them: visitors are null for a while, and items are admitted anew. */
    @Test
    void changelogsThatHoldNoCounts_mayBeGone() throws Exception {
        Settings settings = JOB.created();
        for (String name : new InternalTopicChecks(settings).names()) {
            if (!name.endsWith("-visitors-changelog") && !name.endsWith("-items-changelog")) {
                JOB.topic(name.substring(JOB.prefix().length()), 1, name.endsWith("-changelog") ? "compact" : "delete");
            }
        }
        JOB.hits(1);
        JOB.committed(settings, 1);

        assertThat(JOB.found(settings)).isEmpty();
    }

    @Test
    void hitsThatRetentionTook_beforeTheyWereCounted_areNamed() throws Exception {
        Settings settings = JOB.created();
        JOB.internalTopics(settings);
        JOB.hits(5);
        JOB.committed(settings, 1);
        assertThat(JOB.found(settings)).isEmpty();
        TopicPartition partition = new TopicPartition(JOB.prefix() + "hits", 0);
        JOB.admin()
                .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3)))
                .all()
                .get();
        assertThat(JOB.found(settings))
                .singleElement()
                .asString()
                .startsWith("PROBLEM offsets: ")
                .contains(
                        partition + "@1 to 2",
                        "--topic " + JOB.prefix() + "hits:0 --reset-offsets --to-earliest --execute");
        assertThatThrownBy(() -> Job.start(settings)).hasMessageContaining(partition + "@1 to 2");

        JOB.committed(settings, 3);
        assertThat(JOB.found(settings)).isEmpty();
    }

    @Test
    void inputTopicThatWasMadeAnew_isToldByItsOffsets() throws Exception {
        Settings settings = JOB.created();
        JOB.internalTopics(settings);
        JOB.committed(settings, 7);
        assertThat(JOB.found(settings)).singleElement().asString().contains("deleted and made anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hits", "app-series-changelog"})
    void topicThatWasMadeAnew_isToldByItsId_howeverManyRecordsItHas(String madeAnew) throws Exception {
        Settings settings = JOB.created();
        JOB.internalTopics(settings);
        JOB.hits(3);
        JOB.committed(settings, 1);
        KnownTopics.write(JOB.admin(), settings, ids(settings));
        assertThat(JOB.found(settings)).isEmpty();

        JOB.admin().deleteTopics(List.of(JOB.prefix() + madeAnew)).all().get();
        await().ignoreExceptions()
                .untilAsserted(() -> JOB.topic(madeAnew, 1, madeAnew.equals("hits") ? "delete" : "compact"));
        JOB.hits(3);

        assertThat(JOB.found(settings))
                .singleElement()
                .asString()
                .startsWith("PROBLEM topics: \"" + JOB.prefix() + madeAnew
                        + "\" was deleted and made anew since the job began")
                .endsWith("Start anew under another application.id, with output topics of its own.");
        assertThatThrownBy(() -> Job.start(settings))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("was deleted and made anew since the job began");
    }

    private static Map<String, Uuid> ids(Settings settings) {
        List<String> names = new ArrayList<>(new InternalTopicChecks(settings).names());
        names.add(settings.topics().input());
        Map<String, Uuid> ids = new HashMap<>();
        TopicState.ask(JOB.admin(), names).found().forEach((name, topic) -> ids.put(name, topic.id()));
        return ids;
    }
}
