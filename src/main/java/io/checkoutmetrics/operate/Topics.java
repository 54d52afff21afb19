package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.CheckoutTopology;
import io.checkoutmetrics.stream.IncompatibleStateException;
import java.time.Duration;
import java.util.ArrayList;
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

    /**
     * Sees to it that every topic is there, creating missing ones where the settings say so.
     *
     * @return the number of partitions of the input topic
     * @throws JobException with a line for every topic that is missing, or when the brokers cannot be asked
     * @throws IncompatibleStateException when the input topic has other partitions than when the job began
     */
    public int ensure() {
        int partitions = ensureAll();
        String internal = settings.applicationId() + "-" + CheckoutTopology.CHECKOUTS + "-repartition";
        Integer before = existing(List.of(internal)).get(internal);
        if (before != null && before != partitions) {
            throw IncompatibleStateException.partitionsChanged(before, partitions);
        }
        return partitions;
    }

    private int ensureAll() {
        Map<String, Integer> partitions = existing();
        List<String> problems = new ArrayList<>();
        wanted().forEach((setting, topic) -> {
            if (partitions.containsKey(topic.name())) {
                return;
            }
            if (settings.topics().create()) {
                create(topic);
            } else {
                problems.add(missing(setting, topic.name()));
            }
        });
        if (!problems.isEmpty()) {
            throw new JobException(String.join(System.lineSeparator(), problems));
        }
        String input = settings.topics().input();
        Integer found = partitions.get(input);
        return found != null ? found : partitionsOfNew(input);
    }

    /** A topic just created may take a moment to be known to the broker that is asked. */
    private int partitionsOfNew(String topic) {
        long untilNanos = System.nanoTime() + ANSWER_WITHIN.toNanos();
        do {
            Integer found = existing().get(topic);
            if (found != null) {
                return found;
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        } while (System.nanoTime() < untilNanos);
        throw new JobException("\"" + topic + "\" was created, but no broker knows it after "
                + ANSWER_WITHIN.toSeconds() + " s. Start again.");
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
        if (!existing().containsKey(input)) {
            if (!settings.topics().create()) {
                throw new JobException(missing("topics.input", input));
            }
            create(newTopic(input, Map.of()));
        }
    }

    private String missing(String setting, String topic) {
        return setting + ": \"" + topic + "\" does not exist on " + brokers + ". Create it, or set topics.create=true.";
    }

    private Map<String, NewTopic> wanted() {
        Settings.Topics topics = settings.topics();
        Map<String, NewTopic> wanted = new LinkedHashMap<>();
        wanted.put("topics.input", newTopic(topics.input(), Map.of()));
        wanted.put("topics.metrics", newTopic(topics.metrics(), COMPACTED));
        wanted.put("topics.intervals", newTopic(topics.intervals(), BROKERS_TIME));
        wanted.put("topics.dead-letters", newTopic(topics.deadLetters(), BROKERS_TIME));
        return wanted;
    }

    private static NewTopic newTopic(String name, Map<String, String> configs) {
        return new NewTopic(name, Optional.empty(), Optional.empty()).configs(configs);
    }

    private Map<String, Integer> existing() {
        return existing(wanted().values().stream().map(NewTopic::name).toList());
    }

    /** Those of the topics that are there, each with its number of partitions. */
    private Map<String, Integer> existing(List<String> names) {
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        names, new DescribeTopicsOptions().timeoutMs((int) ANSWER_WITHIN.toMillis()))
                .topicNameValues();
        Map<String, Integer> partitions = new LinkedHashMap<>();
        answers.forEach((name, answer) -> get(answer, "describe topic \"" + name + "\"", e -> {
                    if (e instanceof UnknownTopicOrPartitionException) {
                        return Optional.empty();
                    }
                    throw refused(e, "describe topic \"" + name + "\"");
                })
                .ifPresent(found -> partitions.put(name, found.partitions().size())));
        return partitions;
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
