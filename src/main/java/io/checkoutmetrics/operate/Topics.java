package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics the job lives on: they have to be there before it starts. */
public final class Topics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Map<String, String> BROKERS_TIME =
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    private static final Map<String, String> COMPACTED = Map.of(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT);

    /** The newest alert of a series says how it stands; those before it can be read for a month. */
    private static final Map<String, String> COMPACTED_LATER = Map.of(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            Long.toString(Duration.ofDays(30).toMillis()));

    private static final String INPUT = "topics.input";
    private static final String METRICS = "topics.metrics";
    private static final String ALERTS = "topics.alerts";
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    private final Admin admin;
    private final Settings settings;
    private final String brokers;

    /** @param admin closed with this, or by its owner */
    Topics(Admin admin, Settings settings) {
        this.admin = admin;
        this.settings = settings;
        this.brokers = settings.kafka().getOrDefault("bootstrap.servers", "");
    }

    /**
     * With a connection of its own.
     *
     * @throws io.checkoutmetrics.config.InvalidSettingsException when the settings handed to Kafka are wrong
     */
    public static Topics open(Settings settings) {
        return new Topics(JobClients.admin(settings), settings);
    }

    /** The topics that have to be there, by the settings that name them, input first. */
    Map<String, String> wanted() {
        Settings.Topics topics = settings.topics();
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(INPUT, topics.input());
        wanted.put(METRICS, topics.metrics());
        wanted.put("topics.intervals", topics.intervals());
        wanted.put("topics.dead-letters", topics.deadLetters());
        if (settings.alerts().on()) {
            wanted.put(ALERTS, settings.alerts().topic());
        }
        return wanted;
    }

    /**
     * Creates one of the wanted topics and waits until the brokers know it.
     *
     * @throws JobException when it cannot be created
     */
    void create(String setting) {
        String name = wanted().getOrDefault(setting, "");
        create(newTopic(name, configsOf(setting)));
        awaitKnown(name);
    }

    private static Map<String, String> configsOf(String setting) {
        return switch (setting) {
            case INPUT -> Map.of();
            case METRICS -> COMPACTED;
            case ALERTS -> COMPACTED_LATER;
            default -> BROKERS_TIME;
        };
    }

    /** A topic just created may take a moment to be known to the broker that is asked. */
    private void awaitKnown(String topic) {
        long untilNanos = System.nanoTime() + KafkaAnswers.WITHIN.toNanos();
        while (!exists(topic)) {
            if (System.nanoTime() > untilNanos) {
                throw new JobException("\"" + topic + "\" was created, but no broker knows it after "
                        + KafkaAnswers.WITHIN.toSeconds() + " s. Start again.");
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
    }

    /** Creates the input topic with so many partitions. */
    public void createInput(int partitions) {
        create(new NewTopic(settings.topics().input(), Optional.of(partitions), Optional.empty()));
    }

    /**
     * @throws JobException when the input topic is not there and must not be created, or the brokers cannot be asked
     */
    public void requireInput() {
        String input = settings.topics().input();
        if (!exists(input)) {
            if (!settings.topics().create()) {
                throw new JobException(missing(INPUT, input).line());
            }
            create(INPUT);
        }
    }

    Finding missing(String setting, String topic) {
        return Finding.problem(
                setting,
                "\"" + topic + "\" does not exist on " + brokers + ".",
                "Create it, or set topics.create=true.");
    }

    private static NewTopic newTopic(String name, Map<String, String> configs) {
        return new NewTopic(name, Optional.empty(), Optional.empty()).configs(configs);
    }

    private boolean exists(String name) {
        try {
            KafkaAnswers.of(
                    admin.describeTopics(List.of(name), new DescribeTopicsOptions().timeoutMs(KafkaAnswers.withinMs()))
                            .allTopicNames());
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        } catch (KafkaException e) {
            throw refused(e, "describe topic \"" + name + "\"");
        }
    }

    private void create(NewTopic topic) {
        try {
            KafkaAnswers.of(
                    admin.createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs(KafkaAnswers.withinMs()))
                            .all());
        } catch (TopicExistsException e) {
            LOG.debug("\"{}\" is there already", topic.name());
        } catch (KafkaException e) {
            throw refused(e, "create topic \"" + topic.name() + "\"");
        }
    }

    private JobException refused(KafkaException cause, String what) {
        if (cause instanceof TimeoutException) {
            return KafkaFailures.noAnswer(cause, settings, KafkaAnswers.WITHIN);
        }
        if (cause instanceof InterruptException) {
            return new JobException("interrupted: " + what, cause);
        }
        if (cause instanceof AuthorizationException) {
            return new JobException(
                    "Kafka does not allow to " + what
                            + ". The command \"topology\" prints the ACLs that the job needs.",
                    cause);
        }
        return new JobException("Kafka failed to " + what + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
