package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics the job lives on: they have to be there before it starts. */
public final class Topics implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
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
        long untilNanos = System.nanoTime() + ANSWER_WITHIN.toNanos();
        while (!exists(topic)) {
            if (System.nanoTime() > untilNanos) {
                throw new JobException("\"" + topic + "\" was created, but no broker knows it after "
                        + ANSWER_WITHIN.toSeconds() + " s. Start again.");
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
        KafkaFuture<Map<String, TopicDescription>> answer = admin.describeTopics(
                        List.of(name), new DescribeTopicsOptions().timeoutMs((int) ANSWER_WITHIN.toMillis()))
                .allTopicNames();
        String what = "describe topic \"" + name + "\"";
        return get(answer, what, e -> {
                    if (e instanceof UnknownTopicOrPartitionException) {
                        return Optional.empty();
                    }
                    throw refused(e, what);
                })
                .isPresent();
    }

    private void create(NewTopic topic) {
        KafkaFuture<Void> answer = admin.createTopics(
                        List.of(topic), new CreateTopicsOptions().timeoutMs((int) ANSWER_WITHIN.toMillis()))
                .all();
        get(answer, "create topic \"" + topic.name() + "\"", e -> {
            if (e instanceof TopicExistsException) {
                return Optional.empty();
            }
            throw refused(e, "create topic \"" + topic.name() + "\"");
        });
    }

    private static <T> Optional<T> get(KafkaFuture<T> answer, String what, Function<Throwable, Optional<T>> otherwise) {
        try {
            return Optional.ofNullable(answer.get());
        } catch (ExecutionException e) {
            return otherwise.apply(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted: " + what, e);
        }
    }

    private JobException refused(Throwable cause, String what) {
        if (cause instanceof TimeoutException) {
            return KafkaFailures.noAnswer(cause, settings, ANSWER_WITHIN);
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
