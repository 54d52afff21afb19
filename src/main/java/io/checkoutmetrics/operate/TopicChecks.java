package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;

/** Whether input and output topics keep what they have to keep. */
final class TopicChecks {
    private static final Duration SHORT_RETENTION = Duration.ofDays(1);
    private static final String COMPACT = TopicConfig.CLEANUP_POLICY_COMPACT;
    private static final Set<String> COMPACTED = Set.of("topics.metrics", "topics.alerts");
    private static final String DELETE = TopicConfig.CLEANUP_POLICY_DELETE;
    private static final String BROKERS_TIME = "LogAppendTime";

    private final Settings settings;
    private final int brokers;

    /** @param brokers how many there are */
    TopicChecks(Settings settings, int brokers) {
        this.settings = settings;
        this.brokers = brokers;
    }

    /** The findings of one topic, by the setting that names it. @return one at least */
    List<Finding> of(String setting, TopicState topic) {
        List<Finding> findings = new ArrayList<>();
        if (topic.configs().isEmpty()) {
            findings.add(Finding.warning(
                    setting,
                    quoted(topic) + " is there; what it keeps, and for how long, may not be read.",
                    "Allow DescribeConfigs on it to have that checked; the job does not need it."));
        } else if (setting.equals("topics.input")) {
            input(setting, topic, findings);
        } else {
            output(setting, topic, findings);
        }
        if (topic.replicas() == 1 && brokers > 1) {
            findings.add(Finding.warning(
                    setting,
                    quoted(topic) + " has one replica on " + brokers
                            + " brokers: it stops with the broker that has it.",
                    "Give it two more, with kafka-reassign-partitions.sh."));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(setting, description(topic)));
        }
        return findings;
    }

    private void input(String setting, TopicState topic, List<Finding> findings) {
        if (cleanup(topic).contains(COMPACT)) {
            findings.add(Finding.problem(
                    setting,
                    quoted(topic) + " is compacted: of all hits of one visitor it keeps the last.",
                    change(topic, TopicConfig.CLEANUP_POLICY_CONFIG, DELETE)));
        }
        long retentionMs = retentionMs(topic);
        Duration least = settings.rolling().grace().compareTo(SHORT_RETENTION) > 0
                ? settings.rolling().grace()
                : SHORT_RETENTION;
        if (retentionMs >= 0 && retentionMs < least.toMillis()) {
            findings.add(Finding.warning(
                    setting,
                    quoted(topic) + " keeps hits for " + Duration.ofMillis(retentionMs)
                            + ": a pause of the job that is longer loses some.",
                    change(topic, TopicConfig.RETENTION_MS_CONFIG, "604800000")));
        }
    }

    private void output(String setting, TopicState topic, List<Finding> findings) {
        boolean isCompacted = cleanup(topic).contains(COMPACT);
        if (COMPACTED.contains(setting) && !isCompacted) {
            findings.add(Finding.warning(
                    setting,
                    quoted(topic)
                            + " is not compacted: subscribers that come later miss what did not change meanwhile.",
                    change(topic, TopicConfig.CLEANUP_POLICY_CONFIG, COMPACT)));
        }
        if (!COMPACTED.contains(setting) && isCompacted) {
            findings.add(Finding.problem(
                    setting,
                    quoted(topic) + " is compacted: of all records of one key it keeps the last.",
                    change(topic, TopicConfig.CLEANUP_POLICY_CONFIG, DELETE)));
        }
        if (!topic.config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals(BROKERS_TIME)) {
            findings.add(Finding.warning(
                    setting,
                    quoted(topic) + " dates records by what they tell of, not by when they came: retention may take"
                            + " those of history at once.",
                    change(topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, BROKERS_TIME)));
        }
    }

    private static String description(TopicState topic) {
        long retentionMs = retentionMs(topic);
        String kept = cleanup(topic).contains(DELETE)
                ? retentionMs < 0 ? "kept for ever" : "kept for " + days(retentionMs)
                : "compacted";
        return quoted(topic) + ": partitions " + topic.partitions() + ", replicas " + topic.replicas() + ", " + kept
                + ", dated by "
                + (topic.config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals(BROKERS_TIME)
                        ? "the broker"
                        : "the producer");
    }

    private static String days(long ms) {
        Duration duration = Duration.ofMillis(ms);
        return duration.equals(Duration.ofDays(duration.toDays())) ? duration.toDays() + " d" : duration.toString();
    }

    static Set<String> cleanup(TopicState topic) {
        return Set.copyOf(
                Arrays.stream(topic.config(TopicConfig.CLEANUP_POLICY_CONFIG).split(","))
                        .map(String::trim)
                        .distinct()
                        .toList());
    }

    private static long retentionMs(TopicState topic) {
        String text = topic.config(TopicConfig.RETENTION_MS_CONFIG);
        return text.isEmpty() ? -1 : Long.parseLong(text);
    }

    private static String quoted(TopicState topic) {
        return "\"" + topic.name() + "\"";
    }

    /** What to run: with which options of Kafka's own tool. */
    private String change(TopicState topic, String config, String value) {
        return changeOf(settings, topic.name(), config, value);
    }

    static String changeOf(Settings settings, String topic, String config, String value) {
        return "Run kafka-configs.sh --bootstrap-server "
                + settings.kafka().getOrDefault("bootstrap.servers", "") + " --alter --topic " + topic
                + " --add-config " + config + "=" + value;
    }
}
