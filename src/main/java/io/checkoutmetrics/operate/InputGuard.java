package io.checkoutmetrics.operate;

import io.checkoutmetrics.stream.IncompatibleStateException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether the input topic is still the one the job began with: the same topic, not one of the same
 * name, with as many partitions.
 */
final class InputGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InputGuard.class);
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Admin admin;
    private final String topic;
    private final int partitions;
    private final Consumer<RuntimeException> whenChanged;
    private final BrokerAnswers answers;
    private @Nullable Uuid id;
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
            Admin admin, String topic, int partitions, BrokerAnswers answers, Consumer<RuntimeException> whenChanged) {
        this.answers = answers;
        this.admin = admin;
        this.topic = topic;
        this.partitions = partitions;
        this.whenChanged = whenChanged;
    }

    void start() {
        looker.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Collection<TopicDescription> found = admin.describeTopics(
                            List.of(topic), new DescribeTopicsOptions().timeoutMs((int) EVERY.toMillis()))
                    .allTopicNames()
                    .get()
                    .values();
            answers.came();
            found.forEach(this::compare);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof AuthenticationException) {
                answers.refused();
            }
            suspect(
                    e.getCause() instanceof UnknownTopicOrPartitionException
                            ? IncompatibleStateException.inputGone(topic)
                            : null);
        } catch (RuntimeException e) {
            LOG.debug("nothing is known of {} now", topic, e);
        }
    }

    private void compare(TopicDescription found) {
        if (id == null) {
            id = found.topicId();
        }
        if (found.partitions().size() != partitions) {
            suspect(IncompatibleStateException.partitionsChanged(
                    partitions, found.partitions().size()));
        } else {
            suspect(found.topicId().equals(id) ? null : IncompatibleStateException.inputGone(topic));
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
