package io.checkoutmetrics.subscriber;

import io.checkoutmetrics.avro.CheckoutAlert;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.avro.CheckoutMetrics;
import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.metric.Series;
import io.checkoutmetrics.metric.SeriesKey;
import io.checkoutmetrics.operate.JobException;
import io.checkoutmetrics.operate.KafkaFailures;
import io.checkoutmetrics.registry.AvroDeserializer;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.registry.RegistryException;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic of results as any subscriber does: what is committed, all partitions, without a group. Of the rolling
 * Checkouts it starts at the beginning, and since that topic is compacted it soon knows every series. Meant for one
 * thread.
 */
public final class OutputSubscriber<V extends SpecificRecord> implements Closeable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final String CONSUMER_PREFIX = "consumer.";

    private final Settings settings;
    private final String topic;
    private final String topicSetting;
    private final String brokers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RegistryClient registry;
    private final AvroDeserializer<V> values;
    private final Predicate<byte[]> wantedKeys;
    private final BrokerSilence silence;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final Map<TopicPartition, Long> endsAtStart;
    private boolean caughtUp;
    private long broken;
    private String trouble = "";

    private OutputSubscriber(
            Settings settings, String topic, String topicSetting, Class<V> type, Predicate<byte[]> wantedKeys) {
        this.settings = settings;
        this.topic = topic;
        this.topicSetting = topicSetting;
        this.wantedKeys = wantedKeys;
        brokers = settings.kafka().getOrDefault("bootstrap.servers", "");
        try {
            registry = RegistryClient.of(settings.registry());
        } catch (ConfigException e) {
            throw new InvalidSettingsException("schema registry: " + e.getMessage());
        }
        values = new AvroDeserializer<>(registry, type);
        try {
            consumer = new KafkaConsumer<>(consumerSettings(settings.kafka()));
        } catch (KafkaException e) {
            registry.close();
            throw KafkaFailures.atCreation(e, settings);
        }
        silence = new BrokerSilence(consumer);
        try {
            endsAtStart = takeAllPartitions();
        } catch (RuntimeException e) {
            close();
            throw e instanceof KafkaException ? refused((KafkaException) e) : e;
        }
    }

    /**
     * Of the rolling Checkouts of all series.
     *
     * @throws JobException when the topic cannot be read, saying why and what to do
     */
    public static OutputSubscriber<CheckoutMetrics> rolling(Settings settings) {
        return new OutputSubscriber<>(
                settings, settings.topics().metrics(), "topics.metrics", CheckoutMetrics.class, key -> true);
    }

    /**
     * Of the final Checkouts of the report suites, not of items, that were published from that time on.
     *
     * @throws JobException when the topic cannot be read, saying why and what to do
     */
    public static OutputSubscriber<CheckoutInterval> finalTotals(Settings settings, Instant from) {
        return finals(settings, from, SeriesKey::isOfTotal);
    }

    /**
     * Of the final Checkouts of all series that were published from that time on.
     *
     * @throws JobException when the topic cannot be read, saying why and what to do
     */
    public static OutputSubscriber<CheckoutInterval> finals(Settings settings, Instant from) {
        return finals(settings, from, key -> true);
    }

    private static OutputSubscriber<CheckoutInterval> finals(
            Settings settings, Instant from, Predicate<byte[]> wantedKeys) {
        OutputSubscriber<CheckoutInterval> finals = new OutputSubscriber<>(
                settings, settings.topics().intervals(), "topics.intervals", CheckoutInterval.class, wantedKeys);
        try {
            finals.seek(from);
        } catch (KafkaException e) {
            finals.close();
            throw finals.refused(e);
        }
        return finals;
    }

    /**
     * Of the alerts of all series.
     *
     * @throws JobException when the topic cannot be read, saying why and what to do
     */
    public static OutputSubscriber<CheckoutAlert> alerts(Settings settings) {
        return new OutputSubscriber<>(
                settings, settings.alerts().topic(), "topics.alerts", CheckoutAlert.class, key -> true);
    }

    private void seek(Instant from) {
        Map<TopicPartition, Long> times = new HashMap<>();
        consumer.assignment().forEach(partition -> times.put(partition, from.toEpochMilli()));
        consumer.offsetsForTimes(times, ANSWER_WITHIN).forEach((partition, first) -> {
            if (first == null) {
                consumer.seek(partition, endsAtStart.getOrDefault(partition, 0L));
            } else {
                consumer.seek(partition, first.offset());
            }
        });
    }

    /** For a consumer of bytes that belongs to no group and reads what is committed. */
    static Map<String, Object> consumerSettings(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>();
        kafka.keySet().stream()
                .filter(ConsumerConfig.configNames()::contains)
                .forEach(name -> settings.put(name, kafka.get(name)));
        kafka.keySet().stream()
                .filter(name -> name.startsWith(CONSUMER_PREFIX))
                .forEach(name -> settings.put(name.substring(CONSUMER_PREFIX.length()), kafka.get(name)));
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        settings.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        settings.remove(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG); // silence is told by answers that do not come
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    private Map<TopicPartition, Long> takeAllPartitions() {
        List<PartitionInfo> found = consumer.partitionsFor(topic, ANSWER_WITHIN);
        if (found == null || found.isEmpty()) {
            throw missing(null);
        }
        List<TopicPartition> partitions = found.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer.endOffsets(partitions, ANSWER_WITHIN);
    }

    private JobException missing(@Nullable Throwable cause) {
        String message = topicSetting + ": \"" + topic + "\" does not exist on " + brokers
                + ". Start the job, which creates it with topics.create=true, or correct the name.";
        return cause == null ? new JobException(message) : new JobException(message, cause);
    }

    private JobException refused(KafkaException cause) {
        if (cause instanceof TimeoutException) {
            return KafkaFailures.noAnswer(cause, settings, ANSWER_WITHIN);
        }
        if (cause instanceof AuthorizationException) {
            return new JobException(
                    "Kafka does not allow to read topic \"" + topic
                            + "\". Watching it takes the ACL Read on that topic.",
                    cause);
        }
        if (cause instanceof InvalidTopicException) {
            return missing(cause);
        }
        return new JobException("Kafka failed to read topic \"" + topic + "\": " + cause.getMessage(), cause);
    }

    /**
     * Waits for records at most that long and hands them on: a series and its newest record, or null when the series is
     * gone. A record that cannot be read is counted and left out. While the schema registry or Kafka cannot be reached
     * records wait, none is left out, and {@link #trouble} says so.
     *
     * @throws JobException when Kafka or the registry refuses us
     */
    public void poll(Duration most, BiConsumer<Series, @Nullable V> taker) {
        boolean isSilent = false;
        try {
            if (waiting.isEmpty()) {
                consumer.poll(most).forEach(waiting::add);
                isSilent = silence.lasts();
            }
            for (ConsumerRecord<byte[], byte[]> next = waiting.peek(); next != null; next = waiting.peek()) {
                handOn(next, taker);
                waiting.remove();
            }
            trouble = isSilent ? "no broker answers at " + brokers : "";
        } catch (RegistryException.Unavailable e) {
            trouble = String.valueOf(e.getMessage());
        } catch (RegistryException.Refused e) {
            throw new JobException("schema registry: " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    private void handOn(ConsumerRecord<byte[], byte[]> received, BiConsumer<Series, @Nullable V> taker) {
        Series series;
        V value;
        try {
            if (!wantedKeys.test(received.key())) {
                return;
            }
            series = SeriesKey.parse(received.key());
            value = values.deserialize(topic, received.value());
        } catch (RegistryException.Unavailable | RegistryException.Refused e) {
            throw e;
        } catch (RuntimeException e) {
            broken++;
            return;
        }
        taker.accept(series, value);
    }

    /** Whether everything was handed on that was there when it started. */
    public boolean isCaughtUp() {
        if (!caughtUp && waiting.isEmpty()) {
            caughtUp = endsAtStart.entrySet().stream().allMatch(end -> isPast(end.getKey(), end.getValue()));
        }
        return caughtUp;
    }

    private boolean isPast(TopicPartition partition, long offset) {
        try {
            return consumer.position(partition, Duration.ZERO) >= offset;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Records that could not be read. */
    public long broken() {
        return broken;
    }

    /** Why records wait: the registry cannot be reached, or no broker can; empty when there is no trouble. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        values.close();
        registry.close();
    }
}
