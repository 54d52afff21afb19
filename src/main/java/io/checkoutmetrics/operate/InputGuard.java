package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.stream.IncompatibleStateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether the input topic and those the job made for itself are still the ones it began with: the
 * same, not others of the same name, the input with as many partitions; and whether there are still topics to write to. Sees
 * to it that the brokers remember which they are.
 */
final class InputGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InputGuard.class);
    private static final Duration EVERY = Duration.ofSeconds(3);

    /** Well before the brokers forget the IDs, which they would once nobody had written them for offsets.retention.minutes. */
    private static final Duration REMEMBERED_AGAIN = Duration.ofHours(6);

    private final Admin admin;
    private final Settings settings;
    private final String topic;
    private final List<String> internal;
    private final List<String> outputs;
    private final int partitions;
    private final Consumer<RuntimeException> whenChanged;
    private final BrokerAnswers answers;
    private final Map<String, Uuid> ids = new HashMap<>();
    private final Clock clock;
    private Instant rememberedAt = Instant.EPOCH;
    private boolean suspected;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "input-guard");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param admin closed by its owner, after this
     * @param answers told of every answer
     * @param whenChanged told once, with what to do about it
     */
    InputGuard(
            Admin admin,
            Settings settings,
            int partitions,
            BrokerAnswers answers,
            Consumer<RuntimeException> whenChanged,
            Clock clock) {
        this.clock = clock;
        this.answers = answers;
        this.admin = admin;
        this.settings = settings;
        this.topic = settings.topics().input();
        this.internal = new InternalTopicChecks(settings).names();
        Settings.Topics topics = settings.topics();
        this.outputs = new ArrayList<>(List.of(topics.metrics(), topics.intervals(), topics.deadLetters()));
        if (settings.alerts().on()) {
            outputs.add(settings.alerts().topic());
        }
        this.partitions = partitions;
        this.whenChanged = whenChanged;
    }

    void start() {
        looker.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        try {
            List<String> names = new ArrayList<>(internal);
            names.add(topic);
            names.addAll(outputs);
            Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                            names, new DescribeTopicsOptions().timeoutMs((int) EVERY.toMillis()))
                    .topicNameValues();
            Map<String, TopicDescription> found = new HashMap<>();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> one : asked.entrySet()) {
                answerOf(one.getValue()).ifPresent(there -> found.put(one.getKey(), there));
            }
            answers.came();
            suspect(change(found));
            remember(found);
        } catch (AuthorizationException | AuthenticationException e) {
            answers.refused();
            suspect(null);
        } catch (RuntimeException e) {
            LOG.debug("nothing is known of {} now", topic, e);
            suspect(null);
        }
    }

    /** @return empty if there is no such topic */
    private static Optional<TopicDescription> answerOf(KafkaFuture<TopicDescription> asked) {
        try {
            return Optional.of(KafkaAnswers.of(asked));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private @Nullable RuntimeException change(Map<String, TopicDescription> found) {
        TopicDescription input = found.get(topic);
        if (input == null || !input.topicId().equals(ids.getOrDefault(topic, input.topicId()))) {
            return IncompatibleStateException.inputGone(topic);
        }
        int now = input.partitions().size();
        if (now != partitions) {
            return IncompatibleStateException.partitionsChanged(partitions, now);
        }
        for (String name : internal) {
            Uuid before = ids.get(name);
            TopicDescription one = found.get(name);
            if (before != null && (one == null || !one.topicId().equals(before))) {
                return IncompatibleStateException.internalGone(name);
            }
        }
        for (String name : outputs) {
            if (!found.containsKey(name)) {
                return new OutputGoneException(name);
            }
        }
        return null;
    }

    /** Of the outputs it does not matter which they are, as long as they are there. */
    private void remember(Map<String, TopicDescription> found) {
        found.forEach((name, one) -> {
            if (!outputs.contains(name)) {
                ids.putIfAbsent(name, one.topicId());
            }
        });
        boolean isDue = !clock.instant().isBefore(rememberedAt.plus(REMEMBERED_AGAIN));
        if (isDue && !suspected && ids.size() == internal.size() + 1) {
            KnownTopics.write(admin, settings, ids);
            rememberedAt = clock.instant();
        }
    }

    /** A broker may know of a change later than another: what is said twice in a row is so. */
    private void suspect(@Nullable RuntimeException change) {
        if (change != null && suspected) {
            tell(change);
        }
        suspected = change != null;
    }

    private void tell(RuntimeException change) {
        looker.shutdown();
        whenChanged.accept(change);
    }

    @Override
    public void close() {
        looker.shutdownNow();
    }
}
